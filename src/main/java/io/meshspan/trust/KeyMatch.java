package io.meshspan.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Checks whether a private key belongs to a certificate: signs with the key and verifies with the certificate. */
final class KeyMatch {

    private static final byte[] PROBE = "does this key belong to this certificate".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    /** The problem with the key, if there is one. */
    static Optional<String> problem(PrivateKey key, X509Certificate certificate) {
        String kind = certificate.getPublicKey().getAlgorithm();
        if (!"RSA".equals(kind) && !"EC".equals(kind)) {
            return Optional.of("a certificate with a key of the kind %s, which istiod does not take".formatted(kind));
        }
        return of(key, certificate) ? Optional.empty() : Optional.of("an RSA or EC key that does not match it");
    }

    /** False for types of keys that istiod does not accept: it accepts only RSA and EC. */
    static boolean of(PrivateKey key, X509Certificate certificate) {
        String family = key.getAlgorithm();
        if (!family.equals(certificate.getPublicKey().getAlgorithm())
                || !("RSA".equals(family) || "EC".equals(family))) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("RSA".equals(family) ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
