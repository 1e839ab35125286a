package io.meshspan.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** The mesh's root with its key, or an issuing CA below it. It stays in memory only while a step needs it. */
final class RootCa {

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final List<X509Certificate> path;

    RootCa(X509Certificate certificate, PrivateKey key) {
        this(List.of(certificate), key);
    }

    /** @param path from the CA that signs up to its root; only the root if the root signs */
    RootCa(List<X509Certificate> path, PrivateKey key) {
        this.certificate = path.get(0);
        this.key = key;
        this.path = List.copyOf(path);
    }

    List<X509Certificate> path() {
        return path;
    }

    X509Certificate root() {
        return path.get(path.size() - 1);
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** The root's fingerprint. */
    String fingerprint() {
        return CertificateFingerprint.of(root());
    }

    @Override
    public String toString() {
        return "root " + fingerprint();
    }
}
