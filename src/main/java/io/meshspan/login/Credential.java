package io.meshspan.login;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The credential that is sent to an API server. Never shown.
 *
 * @param authorization the value of the header {@code Authorization}
 * @param identity the client certificate
 * @param expires when it must be renewed
 */
public record Credential(Optional<String> authorization, Optional<ClientIdentity> identity, Optional<Instant> expires) {

    private static final char DELETE = 0x7f;

    /**
     * Line breaks around a token, which block scalars of YAML leave, do not belong to it.
     *
     * @throws LoginFailed if it has characters that no header can have; the client's message would quote it
     */
    static Credential bearer(String token, Optional<Instant> expires) {
        String text = token.strip();
        if (!text.chars().allMatch(letter -> letter > ' ' && letter < DELETE)) {
            throw new LoginFailed(
                    "token",
                    "letters, digits and signs in one line",
                    "spaces, line breaks or other characters in it",
                    "Put the token into one line, without quotes, then try again.");
        }
        return new Credential(Optional.of("Bearer " + text), Optional.empty(), expires);
    }

    /** The API server refuses an expired client certificate, whatever expiry the plugin reports. */
    boolean isDue(Instant now) {
        return Stream.concat(expires.stream(), identity.stream().map(ClientIdentity::end))
                .anyMatch(end -> !now.isBefore(end));
    }

    @Override
    public String toString() {
        return "credential";
    }
}
