package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The fingerprint by which people know a certificate: SHA-256 of its DER form in lower case hexadecimal without colons. */
final class CertificateFingerprint {

    private CertificateFingerprint() {}

    static String of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate could not be encoded", e);
        }
    }
}
