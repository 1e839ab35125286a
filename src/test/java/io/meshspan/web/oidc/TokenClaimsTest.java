package io.meshspan.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import io.meshspan.engine.identity.LoginProperties.LocalUsers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verified token is taken to say, and for how long. */
class TokenClaimsTest {

    private static final Map<String, Object> WHO = Map.of("iss", "https://idp.example.org", "sub", "u-1");

    private static LoginProperties.Provider provider(String groupsClaim) {
        return new LoginProperties.Provider(
                URI.create("https://idp.example.org"),
                "meshspan",
                null,
                null,
                Set.of(),
                groupsClaim,
                "name",
                Map.of("operators", List.of("ops", "sre"), "administrators", List.of("root")),
                null,
                true);
    }

    private static ExternalPerson person(String groupsClaim, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(WHO);
        claims.putAll(more);
        return TokenClaims.person(provider(groupsClaim), claims);
    }

    @Test
    void shouldFindGroupsInsideObjectsAndUnderNamesWithDots() {
        assertThat(person("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("sre", "root"))))
                        .groups())
                .containsExactly("camunda-admin", "operators");
        assertThat(person("https://example.org/groups", Map.of("https://example.org/groups", List.of("ops")))
                        .groups())
                .containsExactly("operators");
    }

    @Test
    void shouldTakeNothingElseForGroups() {
        List.<Object>of(
                        Map.of("ops", true),
                        1,
                        true,
                        List.of(1, Map.of("ops", 1), List.of("ops")),
                        "ops sre",
                        "",
                        "Ops")
                .forEach(claim -> assertThat(
                                person("groups", Map.of("groups", claim)).groups())
                        .as("%s", claim)
                        .isEmpty());
        assertThat(person("groups.deep", Map.of("groups", List.of("ops"))).groups())
                .isEmpty();
        assertThat(person("groups", Map.of()).groups()).isEmpty();
    }

    @Test
    void shouldSayWhyNobodyHasARoleAndNotWhichGroupsTheyAreIn() {
        Map<String, Object> many = Map.of("sub", "u-1", "_claim_names", Map.of("groups", "src1"));

        assertThat(TokenClaims.whyNoRole(provider("groups"), many))
                .contains("claim groups", "found no value. The provider left the groups out");
        assertThat(TokenClaims.whyNoRole(provider("groups"), Map.of("groups", List.of("secret-project"))))
                .contains("found 1 others")
                .doesNotContain("secret-project");
    }

    @ParameterizedTest
    @CsvSource({"true, a@b.example", "'', a@b.example", "false, ''"})
    void shouldNotTakeAnUnverifiedEmail(String verified, String email) {
        Map<String, Object> claims = new HashMap<>(Map.of("email", "a@b.example"));
        if (!verified.isEmpty()) {
            claims.put("email_verified", Boolean.valueOf(verified));
        }

        assertThat(person("groups", claims).email()).isEqualTo(email);
    }

    @Test
    void shouldNameWhoeverHasNoName() {
        assertThat(person("groups", Map.of("name", " \u202e ", "preferred_username", "rita"))
                        .name())
                .isEqualTo("rita");
        assertThat(person("groups", Map.of()).name()).isEqualTo("u-1");
        assertThat(person("groups", Map.of("name", "n".repeat(5000))).name()).hasSize(100);
    }

    @Test
    void shouldKnowAPersonByIssuerAndSubjectAlone() {
        ExternalPerson one = new ExternalPerson("https://a", "1", "Rita", "", List.of());

        assertThat(one.id()).isEqualTo(new ExternalPerson("https://a", "1", "New", "x@y", List.of("operators")).id());
        assertThat(List.of(
                        new ExternalPerson("https://b", "1", "Rita", "", List.of()).id(),
                        new ExternalPerson("https://a", "2", "Rita", "", List.of()).id(),
                        new ExternalPerson("https://a1", " ".strip() + "x", "Rita", "", List.of()).id()))
                .doesNotContain(one.id())
                .doesNotHaveDuplicates();
        assertThat(ExternalPerson.isId(one.id())).isTrue();
        assertThatThrownBy(() -> new ExternalPerson("https://a", "s".repeat(256), "Rita", "", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldCountWhatASilentProviderSaidThreeTimesAsLong() {
        Instant began = Instant.parse("2026-01-01T00:00:00Z");
        ExternalPerson rita = new ExternalPerson("https://a", "1", "Rita", "", List.of());
        OidcSession session = OidcSession.begun("corp", rita, "id token", "refresh token", began);
        Duration every = Duration.ofMinutes(5);

        assertThat(session.isDue(every, began.plusSeconds(300))).isFalse();
        assertThat(session.isDue(every, began.plusSeconds(301))).isTrue();
        OidcSession silent = session.silent(began.plusSeconds(301));
        assertThat(silent.isDue(every, began.plusSeconds(302))).isFalse();
        assertThat(silent.isStale(every, began.plusSeconds(900))).isFalse();
        assertThat(silent.isStale(every, began.plusSeconds(901))).isTrue();
        assertThat(session.confirmed(rita, "next", "next", began.plusSeconds(900))
                        .isStale(every, began.plusSeconds(901)))
                .isFalse();
        assertThat(session.isOver(Duration.ofHours(12), began.plusSeconds(43_201)))
                .isTrue();
        assertThat(OidcSession.begun("corp", rita, "id token", null, began).isDue(every, began.plusSeconds(9_999)))
                .isFalse();
        assertThat(session.toString()).doesNotContain("token", "Rita");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.org",
                "https://user:secret@idp.example.org",
                "https://idp.example.org/?a=b",
                "ftp://idp.example.org",
                "idp.example.org"
            })
    void shouldRefuseAnIssuerThatSecretsShouldNotGoTo(String issuer) {
        assertThatThrownBy(() -> new LoginProperties.Provider(
                        URI.create(issuer), "m", null, null, Set.of(), "groups", "name", null, null, true))
                .hasMessageContaining("issuer is not https://HOST");
        assertThatThrownBy(() -> new LoginProperties(
                        LocalUsers.EVERYBODY, URI.create(issuer), Duration.ofMinutes(5), Duration.ofHours(12), null))
                .hasMessageContaining("base-url is not https://HOST");
    }

    @Test
    void shouldRefuseTwoProvidersOfOneIssuerAndNamesThatMakeNoAddress() {
        assertThatThrownBy(() -> login(Map.of("a", provider("groups"), "b", provider("groups"))))
                .hasMessageContaining("another one for each provider");
        assertThatThrownBy(() -> login(Map.of("Corp/x", provider("groups"))))
                .hasMessageContaining("lower-case letters");
    }

    private static LoginProperties login(Map<String, LoginProperties.Provider> providers) {
        return new LoginProperties(LocalUsers.EVERYBODY, null, Duration.ofMinutes(5), Duration.ofHours(12), providers);
    }
}
