package io.meshspan.secrets;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Where those who make a secret in a test say so: it is not to be found in anything that is written down. */
public final class TestSecrets {

    static final SecretSearch NEEDLES = new SecretSearch();

    /** Shorter ones may be words that stand everywhere. */
    private static final int SHORTEST = 12;

    private static final int PIECE = 12;

    private TestSecrets() {}

    /** @param token whose end is random and has 30 characters or more */
    public static void token(String whose, String token) {
        String piece = token.substring(token.length() - 30, token.length() - 6);
        NEEDLES.add(whose, piece.getBytes(StandardCharsets.UTF_8));
    }

    public static void password(String whose, String password) {
        if (password.length() < SHORTEST) {
            throw new IllegalArgumentException("a password of fewer than %d characters".formatted(SHORTEST));
        }
        NEEDLES.add(whose, password.getBytes(StandardCharsets.UTF_8));
    }

    /** @param pem a private key, or what some test puts in the place of one */
    public static void pem(String whose, String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object block = parser.readObject();
            PrivateKeyInfo info = block instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : null;
            if (info != null || block instanceof PrivateKeyInfo) {
                key(whose, new JcaPEMKeyConverter().getPrivateKey(info == null ? (PrivateKeyInfo) block : info));
            }
        } catch (IOException noKey) {
            // then there is nothing to keep secret
        }
    }

    /** By two pieces of the part that is secret, of which the end of a line in PEM cuts one at most. */
    public static void key(String whose, PrivateKey key) {
        if (key instanceof ECPrivateKey ec) {
            pieces(whose, ec.getS(), 31, 19);
        } else if (key instanceof RSAPrivateKey rsa) {
            pieces(whose, rsa.getPrivateExponent(), 120, 68);
        } else {
            throw new IllegalArgumentException("a key of type " + key.getAlgorithm());
        }
    }

    /** @param last so many bytes are looked at: numbers may begin with a zero */
    private static void pieces(String whose, BigInteger number, int last, int second) {
        byte[] padded = new byte[last];
        byte[] bytes = number.toByteArray();
        int length = Math.min(last, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, last - length, length);
        NEEDLES.add(whose, Arrays.copyOfRange(padded, 0, PIECE));
        NEEDLES.add(whose, Arrays.copyOfRange(padded, second, second + PIECE));
    }
}
