package io.meshspan.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** The mesh's root with its key, held in memory only while a step needs it. */
final class RootCa {

    private final X509Certificate certificate;
    private final PrivateKey key;

    RootCa(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    String fingerprint() {
        return CertificateFingerprint.of(certificate);
    }

    @Override
    public String toString() {
        return "root " + fingerprint();
    }
}
