package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long the tokens in remote secrets are valid: bound service account tokens, as Kubernetes calls them. A mesh without it
 * has tokens that never expire.
 */
public record TokenExpiration(Duration duration) {

    /** What a request says for tokens that never expire. */
    public static final String NEVER = "never";

    static final String IN_WORDS = "never, or 10m to 365d in minutes, hours or days";

    /** No API server issues a token for less (ValidateTokenRequest in pkg/apis/authentication/validation). */
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    public TokenExpiration {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the expiration of a token is not " + IN_WORDS);
        }
    }

    /** @throws IllegalArgumentException if it is not one */
    @JsonCreator
    public static TokenExpiration of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the expiration of a token is not " + IN_WORDS);
        }
        long number = Long.parseLong(parts.group(1));
        return new TokenExpiration(
                switch (parts.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    /** What a request asks for; empty for tokens that never expire. */
    static Optional<TokenExpiration> asked(String text) {
        return text.isEmpty() || text.equals(NEVER) ? Optional.empty() : Optional.of(of(text));
    }

    static boolean matches(String text) {
        try {
            var unused = asked(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a request asks for what a mesh has. */
    public static boolean isOf(Mesh mesh, RequestField asked) {
        return !asked.isAbsent()
                && normal(asked.text())
                        .equals(mesh.boundTokens()
                                .map(TokenExpiration::toString)
                                .orElse(""));
    }

    /** The one text for what several texts mean, such as 30d and 720h; others stay as they are. */
    static String normal(String text) {
        return matches(text) ? asked(text).map(TokenExpiration::toString).orElse("") : text;
    }

    /** Minutes or hours, as a request may say it. */
    @JsonValue
    @Override
    public String toString() {
        return duration.toMinutesPart() == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }
}
