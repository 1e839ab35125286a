package io.meshspan.engine.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Single sign-on, and who may still sign in with a password.
 *
 * @param localUsers Who may sign in with a password: everybody, administrators or nobody.
 * @param baseUrl The address at which browsers reach Meshspan, for the addresses that identity providers send people back
 *     to; if absent, each request's own.
 * @param refreshEvery How often to ask the identity provider whether a person is still signed in, and in which groups.
 * @param sessionFor How long a sign-in lasts at most; without refresh tokens, groups may be that old.
 * @param providers Identity providers, each by a name of lower-case letters, digits and hyphens.
 */
@Validated
@ConfigurationProperties("meshspan.login")
public record LoginProperties(
        @DefaultValue("everybody") LocalUsers localUsers,
        @Nullable URI baseUrl,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration refreshEvery,

        @DefaultValue("12h") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration sessionFor,

        @Nullable Map<String, @Valid Provider> providers) {

    private static final Set<String> THIS_HOST = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String AT_PROVIDERS = "meshspan.login.providers.";

    /** Whose password opens anything. */
    public enum LocalUsers {
        EVERYBODY,
        ADMINISTRATORS,
        NOBODY
    }

    public LoginProperties {
        if (baseUrl != null && !isSafe(baseUrl)) {
            throw new IllegalArgumentException(
                    "meshspan.login.base-url is not https://HOST[:PORT][/PATH], or http:// on"
                            + " 127.0.0.1, without a user name and a query");
        }
        if (providers != null) {
            providers.keySet().stream()
                    .filter(name -> !name.matches("[a-z0-9][a-z0-9-]{0,30}"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(AT_PROVIDERS + name
                                + " is not named by lower-case letters, digits and hyphens, 31 at most");
                    });
            long issuers =
                    providers.values().stream().map(Provider::issuer).distinct().count();
            if (issuers < providers.size()) {
                throw new IllegalArgumentException(
                        AT_PROVIDERS
                                + "NAME.issuer is not another one for each provider: a token must tell which of them it is from");
            }
        }
    }

    /**
     * An identity provider that speaks OpenID Connect.
     *
     * @param issuer The issuer, exactly as the provider's tokens name it; its metadata is read from there.
     * @param clientId Meshspan's client id there.
     * @param clientSecret Meshspan's client secret there; if absent, Meshspan is a public client with PKCE alone.
     * @param displayName What the sign-in page calls the provider; by default its name here.
     * @param scopes What to ask for; openid is always part of it.
     * @param groupsClaim Claim with a person's groups; dots lead into objects, for example realm_access.roles.
     * @param nameClaim Claim with a person's name as others read it.
     * @param roles The groups, as the claim names them, that have a role here, by role: operators, change-managers,
     *     auditors, administrators, or another group that decides at a gate.
     * @param audiences Audiences, one of which a bearer token must name; if absent, no bearer tokens of it are accepted.
     * @param endSession Whether signing out here also signs out at the provider, if it can do that.
     */
    public record Provider(
            @NotNull URI issuer,
            @NotBlank String clientId,
            @Nullable Password clientSecret,

            @Nullable @Pattern(regexp = "[^\\p{Cntrl}<>]{1,60}", message = "a name of 60 characters at most")
            String displayName,

            @DefaultValue({"openid", "profile", "email"}) Set<@NotBlank String> scopes,
            @DefaultValue("groups") @NotBlank String groupsClaim,
            @DefaultValue("name") @NotBlank String nameClaim,
            @Nullable Map<String, List<String>> roles,
            @Nullable Set<@NotBlank String> audiences,
            @DefaultValue("true") boolean endSession) {

        /** A role's name in the settings, where it is another one than the group's id. */
        private static final String ADMINISTRATORS = "administrators";

        public Provider {
            if (issuer != null && !isSafe(issuer)) {
                throw new IllegalArgumentException(AT_PROVIDERS
                        + "NAME.issuer is not https://HOST[:PORT][/PATH], or http:// on 127.0.0.1, without a"
                        + " user name and a query");
            }
        }

        /** What the claim calls the groups of a role, by the id of the role's group in the engine. */
        public Stream<Map.Entry<String, List<String>>> groupsByRole() {
            return Optional.ofNullable(roles).orElse(Map.of()).entrySet().stream()
                    .map(role -> Map.entry(group(role.getKey()), role.getValue()));
        }

        private static String group(String role) {
            return role.equals(ADMINISTRATORS) ? Groups.ADMINISTRATORS : role;
        }

        public Set<String> acceptedAudiences() {
            return audiences == null ? Set.of() : audiences;
        }
    }

    public Map<String, Provider> all() {
        return providers == null ? Map.of() : providers;
    }

    private static boolean isSafe(URI address) {
        boolean secret = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && THIS_HOST.contains(String.valueOf(address.getHost())));
        return secret
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null;
    }
}
