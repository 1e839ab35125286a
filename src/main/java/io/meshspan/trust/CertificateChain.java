package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from an intermediate up to a root.
 *
 * @param path the intermediate first, the root last
 */
record CertificateChain(List<X509Certificate> path) {

    private static final int KEY_CERT_SIGN = 5;

    CertificateChain {
        path = List.copyOf(path);
    }

    /** @return an empty path if none of the roots is reached over the given certificates */
    static CertificateChain from(X509Certificate start, List<X509Certificate> between, List<X509Certificate> roots) {
        List<X509Certificate> path = new ArrayList<>(List.of(start));
        List<X509Certificate> unused = new ArrayList<>(between);
        unused.remove(start);
        X509Certificate last = start;
        while (!roots.contains(last)) {
            X509Certificate child = last;
            X509Certificate parent = roots.stream()
                    .filter(root -> signs(root, child))
                    .findFirst()
                    .or(() -> unused.stream().filter(c -> signs(c, child)).findFirst())
                    .orElse(null);
            if (parent == null) {
                return new CertificateChain(List.of());
            }
            unused.remove(parent);
            path.add(parent);
            last = parent;
        }
        return new CertificateChain(path);
    }

    boolean reachesRoot() {
        return !path.isEmpty();
    }

    X509Certificate root() {
        return path.get(path.size() - 1);
    }

    /** Counted below a workload's certificate, as its peers will: each authority with the authorities beneath it. */
    boolean allowsWorkloads() {
        for (int beneath = 0; beneath < path.size(); beneath++) {
            if (!isAuthority(path.get(beneath)) || path.get(beneath).getBasicConstraints() < beneath) {
                return false;
            }
        }
        return true;
    }

    static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    static boolean signs(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
