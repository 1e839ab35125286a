package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The types of keys that Meshspan makes for certificate authorities. Istio's makefile uses RSA 4096. */
public enum KeyType {
    EC_P256("EC"),
    RSA_4096("RSA");

    private static final int RSA_BITS = 4096;

    private final String algorithm;

    KeyType(String algorithm) {
        this.algorithm = algorithm;
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
            case RSA_4096 -> new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4);
        };
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot make keys of type " + this, e);
        }
    }
}
