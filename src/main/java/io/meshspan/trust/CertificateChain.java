package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The path from an intermediate up to a root.
 *
 * @param path the intermediate first, the root last
 */
record CertificateChain(List<X509Certificate> path) {

    CertificateChain {
        path = List.copyOf(path);
    }

    /**
     * Finds the shortest path. A CA may have several certificates for one key, and not all of them lead to these roots.
     *
     * @return an empty path if the given certificates do not lead to any of the roots
     */
    static CertificateChain from(X509Certificate start, List<X509Certificate> between, List<X509Certificate> roots) {
        Set<X509Certificate> issuers = new LinkedHashSet<>(roots);
        issuers.addAll(between);
        Map<X509Certificate, X509Certificate> below = new HashMap<>();
        Deque<X509Certificate> reached = new ArrayDeque<>(List.of(start));
        while (!reached.isEmpty()) {
            X509Certificate certificate = reached.remove();
            if (roots.contains(certificate)) {
                return new CertificateChain(path(certificate, below));
            }
            for (X509Certificate issuer : issuers) {
                if (!issuer.equals(start) && !below.containsKey(issuer) && signs(issuer, certificate)) {
                    below.put(issuer, certificate);
                    reached.add(issuer);
                }
            }
        }
        return new CertificateChain(List.of());
    }

    private static List<X509Certificate> path(X509Certificate root, Map<X509Certificate, X509Certificate> below) {
        List<X509Certificate> path = new ArrayList<>(List.of(root));
        X509Certificate next = below.get(root);
        while (next != null) {
            path.add(0, next);
            next = below.get(next);
        }
        return path;
    }

    boolean reachesRoot() {
        return !path.isEmpty();
    }

    X509Certificate root() {
        return path.get(path.size() - 1);
    }

    private static boolean signs(X509Certificate issuer, X509Certificate subject) {
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

    static boolean isSelfSigned(X509Certificate certificate) {
        return signs(certificate, certificate);
    }
}
