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

    static Credential bearer(String token, Optional<Instant> expires) {
        return new Credential(Optional.of("Bearer " + token), Optional.empty(), expires);
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
