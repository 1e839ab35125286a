package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificates in a Secret that a gateway uses; never its key. */
public final class SecretCertificates {

    private SecretCertificates() {}

    /** When the first of them ends; empty if it has none that can be read. */
    public static Optional<Instant> end(Secret secret) {
        if (secret.getData() == null) {
            return Optional.empty();
        }
        return Stream.of("tls.crt", "cert")
                .filter(secret.getData()::containsKey)
                .flatMap(entry -> certificates(secret, entry))
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder());
    }

    private static Stream<X509Certificate> certificates(Secret secret, String entry) {
        try {
            return Pem.certificates(Objects.requireNonNull(CacertsForm.decoded(secret, entry))).stream();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return Stream.of();
        }
    }
}
