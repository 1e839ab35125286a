package io.meshspan.evidence;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/** The certificate of a key that signs evidence. */
record SigningCertificate(X509Certificate certificate) {

    /** @throws IllegalArgumentException if the text is not a certificate in PEM */
    static SigningCertificate of(String pem) {
        try {
            return new SigningCertificate((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate cannot be read", e);
        }
    }

    /** SHA-256 of the DER form, lower case hexadecimal without colons. */
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate could not be encoded", e);
        }
    }

    boolean signed(byte[] content, String signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(certificate.getPublicKey());
            check.update(content);
            byte[] decoded = Base64.getDecoder().decode(signature);
            // The decoder ignores unused bits of the last character.
            return Base64.getEncoder().encodeToString(decoded).equals(signature) && check.verify(decoded);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
