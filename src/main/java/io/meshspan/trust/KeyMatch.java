package io.meshspan.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Does the private key belong to the certificate? Answered by signing with one and verifying with the other. */
final class KeyMatch {

    private static final byte[] PROBE = "does this key belong to this certificate".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    /** What is wrong with the key, if anything is. */
    static Optional<String> problem(PrivateKey key, X509Certificate certificate) {
        String kind = certificate.getPublicKey().getAlgorithm();
        if (!"RSA".equals(kind) && !"EC".equals(kind)) {
            return Optional.of("a certificate with a key of the kind %s, which istiod does not take".formatted(kind));
        }
        return of(key, certificate) ? Optional.empty() : Optional.of("an RSA or EC key that does not match it");
    }

    /** False for kinds of keys that istiod does not take: only RSA and EC are. */
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
