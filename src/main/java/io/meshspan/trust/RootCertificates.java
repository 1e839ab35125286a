package io.meshspan.trust;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The company's roots as {@code meshspan.trust.root-certificates} gives them, read anew each time. */
final class RootCertificates {

    private final @Nullable Path file;

    RootCertificates(TrustProperties properties) {
        this.file = properties.rootCertificates();
    }

    /**
     * Empty if none are given.
     *
     * @throws StepFailed if the file cannot be read
     */
    List<X509Certificate> certificates() {
        if (file == null) {
            return List.of();
        }
        try {
            List<X509Certificate> found = Pem.certificates(Files.readAllBytes(file));
            if (!found.isEmpty()) {
                return found;
            }
            throw unusable(file, "no certificate in it");
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "what cannot be read as such: " + e.getClass().getSimpleName());
        }
    }

    /**
     * From a certificate to a root: one of those given, else a self-signed one among those above it.
     *
     * @return the certificate first; if there is no way, the ones that came, as far as they reach
     */
    CertificateChain chain(List<X509Certificate> signed) {
        List<X509Certificate> given = certificates();
        List<X509Certificate> roots = given.isEmpty()
                ? signed.stream().filter(CertificateChain::isSelfSigned).toList()
                : given;
        List<X509Certificate> between = new ArrayList<>(signed);
        between.removeAll(roots);
        return CertificateChain.from(signed.get(0), between, roots);
    }

    private static StepFailed unusable(Path file, String found) {
        return new StepFailed(
                FailureCode.INPUT_REJECTED,
                Finding.blocking(
                        "root certificate",
                        "file " + file.toAbsolutePath(),
                        "certificates in PEM",
                        found,
                        "Put the company's root certificates there, or correct meshspan.trust.root-certificates."));
    }
}
