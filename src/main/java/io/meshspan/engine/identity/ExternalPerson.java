package io.meshspan.engine.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Somebody whom an identity provider names. Issuer and subject say who it is, and nothing else does: names change, and two
 * providers give the same name to two people.
 *
 * @param name for others to read
 * @param email empty if the provider tells none, or has not verified it
 * @param groups ids of groups of the engine: those that the person's groups at the provider have here
 */
public record ExternalPerson(String issuer, String subject, String name, String email, List<String> groups)
        implements Serializable {

    /** No user with a password has an id that begins so. */
    private static final String PREFIX = "sso-";

    /** Letters and digits, as the engine's ids have them; 32 of them, which are 5 bits each. */
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private static final int LENGTH = 24;

    /** The columns of the engine have so many characters; OpenID Connect gives a subject as many. */
    private static final int LONGEST = 255;

    public ExternalPerson {
        if (issuer.isBlank() || subject.isBlank() || issuer.length() > LONGEST || subject.length() > LONGEST) {
            throw new IllegalArgumentException("issuer and subject are not texts of 1 to 255 characters");
        }
        groups = List.copyOf(groups);
    }

    /** The same for ever, whatever becomes of the name: of issuer and subject, 120 bits of their digest. */
    public String id() {
        byte[] digest = digest(issuer + "\n" + subject);
        StringBuilder id = new StringBuilder(PREFIX);
        for (int digit = 0; digit < LENGTH; digit++) {
            int bits = 0;
            for (int bit = digit * 5; bit < digit * 5 + 5; bit++) {
                bits = bits << 1 | (digest[bit / 8] >> (7 - bit % 8) & 1);
            }
            id.append(DIGITS.charAt(bits));
        }
        return id.toString();
    }

    /** Whether a user's id is that of somebody whom an identity provider names. */
    public static boolean isId(String user) {
        return user.startsWith(PREFIX);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
