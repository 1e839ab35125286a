package io.meshspan.inventory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The certificate with which a kubeconfig's user logs in. */
final class ClientCertificate {

    private ClientCertificate() {}

    static Optional<Instant> endOf(String base64) {
        try {
            return endOf(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> endOf(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return endOf(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> endOf(InputStream pem) {
        try {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
