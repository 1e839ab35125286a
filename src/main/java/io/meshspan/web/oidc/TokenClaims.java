package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the person and the roles from the claims of a verified token. */
final class TokenClaims {

    private static final int LONGEST_NAME = 100;
    /**
     * Control characters, and those that change the text direction: a name must not change how the text around it
     * looks.
     */
    private static final Pattern MISLEADING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,190}");

    private final LoginProperties.Provider provider;
    private final Map<String, Object> claims;

    private TokenClaims(LoginProperties.Provider provider, Map<String, Object> claims) {
        this.provider = provider;
        this.claims = claims;
    }

    /** @throws IllegalArgumentException if issuer or subject is missing or too long */
    static ExternalPerson person(LoginProperties.Provider provider, Map<String, Object> claims) {
        return new TokenClaims(provider, claims).person();
    }

    /** Whether the claims have groups; if not, another source is asked. */
    static boolean tellGroups(LoginProperties.Provider provider, Map<String, Object> claims) {
        return new TokenClaims(provider, claims).groupsClaim() != null;
    }

    /** Whether the claims have an email: people with the same one never approve each other's changes. */
    static boolean tellEmail(Map<String, Object> claims) {
        return claims.get("email") != null;
    }

    private ExternalPerson person() {
        return new ExternalPerson(text("iss"), text("sub"), name(), email(), roles());
    }

    /** An unverified address can be anything that somebody typed. */
    private String email() {
        String email = text("email");
        boolean verified =
                !Boolean.FALSE.equals(claims.get("email_verified")) && !"false".equals(claims.get("email_verified"));
        return verified && EMAIL.matcher(email).matches() ? email : "";
    }

    private String name() {
        return Stream.of(provider.nameClaim(), "name", "preferred_username", "email", "client_id", "azp", "sub")
                .map(this::text)
                .map(name -> MISLEADING.matcher(name).replaceAll(" ").strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name)
                .orElse("unnamed");
    }

    private List<String> roles() {
        Set<String> groups = groups();
        return provider.groupsByRole()
                .filter(role -> role.getValue().stream().anyMatch(groups::contains))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** For the administrator: why these claims give no role, without the groups themselves. */
    static String whyNoRole(LoginProperties.Provider provider, Map<String, Object> claims) {
        TokenClaims read = new TokenClaims(provider, claims);
        return "subject %s of %s has no role here: expected in claim %s a group that meshspan.login.providers names, found %s%s"
                .formatted(
                        read.text("sub"),
                        read.text("iss"),
                        provider.groupsClaim(),
                        read.found(read.groups()),
                        read.overage()
                                ? ". The provider left the groups out since they are many: have it send app roles instead"
                                : "");
    }

    private String found(Set<String> groups) {
        Object claim = groupsClaim();
        if (claim == null) {
            return "no value";
        }
        if (claim instanceof Map) {
            return "an object instead of a list";
        }
        return claim instanceof String ? "one text, taken for one group" : "%d others".formatted(groups.size());
    }

    /** Entra ID's way to say that there are more groups than fit. */
    private boolean overage() {
        return claims.get("_claim_names") instanceof Map<?, ?> elsewhere && elsewhere.containsKey("groups");
    }

    /** A text is one group, whatever its characters: some providers send no list if there is only one group. */
    private Set<String> groups() {
        Object claim = groupsClaim();
        if (claim instanceof String one) {
            return Set.of(one);
        }
        return claim instanceof Collection<?> many
                ? many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toCollection(TreeSet::new))
                : Collections.emptySet();
    }

    /** First a claim with exactly this name: names of Auth0's claims look like URLs, with dots. */
    private @Nullable Object groupsClaim() {
        Object found = claims.get(provider.groupsClaim());
        if (found != null) {
            return found;
        }
        found = claims;
        for (String part : provider.groupsClaim().split("\\.", -1)) {
            found = found instanceof Map<?, ?> object ? object.get(part) : null;
        }
        return found;
    }

    private String text(String claim) {
        Object value = claims.get(claim);
        return value instanceof String || value instanceof URL ? Objects.toString(value) : "";
    }
}
