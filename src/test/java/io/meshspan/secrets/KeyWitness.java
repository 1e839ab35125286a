package io.meshspan.secrets;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;

/** Makes keys as the Java runtime does, whoever asks for them, and says that they were made. */
public final class KeyWitness extends Provider {

    private KeyWitness() {
        super("witness", "1", "tells the tests of every private key");
        put("KeyPairGenerator.EC", Ec.class.getName());
        put("KeyPairGenerator.RSA", Rsa.class.getName());
    }

    static void install() {
        Security.insertProviderAt(new KeyWitness(), 1);
    }

    public static final class Ec extends Generator {
        public Ec() throws GeneralSecurityException {
            super(KeyPairGenerator.getInstance("EC", "SunEC"));
        }
    }

    public static final class Rsa extends Generator {
        public Rsa() throws GeneralSecurityException {
            super(KeyPairGenerator.getInstance("RSA", "SunRsaSign"));
        }
    }

    private abstract static class Generator extends KeyPairGeneratorSpi {

        private final KeyPairGenerator own;

        Generator(KeyPairGenerator own) {
            this.own = own;
        }

        @Override
        public void initialize(int bits, SecureRandom random) {
            own.initialize(bits, random);
        }

        @Override
        public void initialize(AlgorithmParameterSpec spec, SecureRandom random)
                throws InvalidAlgorithmParameterException {
            own.initialize(spec, random);
        }

        @Override
        public KeyPair generateKeyPair() {
            KeyPair made = own.generateKeyPair();
            TestSecrets.key("a private key", made.getPrivate());
            return made;
        }
    }
}
