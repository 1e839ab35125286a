package io.meshspan.trust;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The company's roots from {@code meshspan.trust.root-certificates}. Every call reads the file again. */
final class RootCertificates {

    private final @Nullable Path file;

    RootCertificates(TrustProperties properties) {
        this.file = properties.rootCertificates();
    }

    /**
     * Empty if the settings name none.
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
     * Finds the path from a certificate to a root: to one of the given roots, or otherwise to a self-signed certificate
     * above it.
     *
     * @return the certificate first; if no path reaches a root, the given certificates as far as they connect
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

    /** If the company's roots are known, no other root is accepted. */
    List<Finding> unwelcome(SortedMap<ClusterName, ClusterTrust> observed) {
        List<X509Certificate> known;
        try {
            known = certificates();
        } catch (StepFailed unreadable) {
            return unreadable.findings();
        }
        List<Finding> findings = new ArrayList<>();
        observed.forEach((name, trust) -> trust.root()
                .filter(root -> !known.isEmpty() && !known.contains(root))
                .ifPresent(root -> findings.add(Finding.blocking(
                        name.value(),
                        Cacerts.OBJECT,
                        "a root of meshspan.trust.root-certificates: " + fingerprints(known),
                        RootComparison.shown(root),
                        "Put cacerts under one of these roots there, or add its root to that file."))));
        return findings;
    }

    static String fingerprints(Collection<X509Certificate> roots) {
        return String.join(
                " and ", roots.stream().map(CertificateFingerprint::of).sorted().toList());
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
