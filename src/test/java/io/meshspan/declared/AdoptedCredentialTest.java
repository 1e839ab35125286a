package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.ClusterName;
import io.meshspan.remotesecret.RemoteCredential;
import io.meshspan.remotesecret.RemoteCredential.Kind;
import io.meshspan.remotesecret.TokenLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read of credentials that an adoption leaves as they are. */
class AdoptedCredentialTest {

    private static final ClusterName READER = new ClusterName("cluster1");
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    /** The offered expiration is that for which the token was issued, as a request takes it. */
    @ParameterizedTest
    @CsvSource({
        "PT24H, tokenExpiration 24h",
        "PT59M59S, tokenExpiration 1h",
        "PT90M, tokenExpiration 1h",
        "PT50M, tokenExpiration 50m",
        "PT5M, tokenExpiration 10m",
        "PT9000H, 'tokenExpiration, and Meshspan renews it'",
    })
    void shouldOfferATokenExpirationForATokenThatEnds(String issuedFor, String offer) {
        Finding finding =
                check(ending(Duration.parse(issuedFor), Duration.ofMinutes(1))).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.toString())
                .contains("cluster1, credential in the remote secret for cluster2")
                .contains("a token that ends")
                .contains(offer);
    }

    @Test
    void shouldRefuseAMeshWhoseControlPlanesCannotReadAnyMore() {
        Finding finding = check(ending(Duration.ofHours(1), Duration.ZERO)).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
        assertThat(finding.toString()).contains("one that has not ended", "istioctl create-remote-secret");
    }

    @ParameterizedTest
    @EnumSource(names = {"CERTIFICATE", "OTHER", "NONE"})
    void shouldNotLeaveOutWhatIsNoToken(Kind kind) {
        Finding finding = check(new RemoteCredential(kind, "no token, but exec", Optional.empty(), ""))
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.found()).isEqualTo("no token, but exec");
    }

    @Test
    void shouldSayNothingOfATokenAsIstioctlMakesIt() {
        assertThat(check(new RemoteCredential(Kind.TOKEN, "a token that does not end", Optional.empty(), "")))
                .isEmpty();
    }

    private static RemoteCredential ending(Duration issuedFor, Duration left) {
        Instant end = NOW.plus(left);
        return new RemoteCredential(
                Kind.TOKEN, "a token that ends", Optional.of(new TokenLifetime(end.minus(issuedFor), end)), "");
    }

    private static Optional<Finding> check(RemoteCredential credential) {
        return AdoptedCredential.check(READER, "cluster2", credential, NOW);
    }
}
