package io.meshspan.mesh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 1123 labels: lower case letters, digits and hyphens, at most 63 characters, no hyphen at either end. */
public final class DnsLabel {

    /** As a regular expression. */
    public static final String FORM = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    public static final String IN_WORDS = "a DNS-1123 label (lower case letters, digits, hyphens; 1 to 63 characters)";

    private static final int LONGEST = 63;
    private static final int CUT = 54;
    private static final int HASHED = 4;
    private static final Pattern LABEL = Pattern.compile(FORM);

    private DnsLabel() {}

    public static boolean matches(String text) {
        return LABEL.matcher(text).matches();
    }

    /**
     * The label that a name of any form gives: the name itself if it is one; else its letters in lower case and its digits, with
     * one hyphen for whatever is between them. Of more than 63 characters the first 54 stay, and eight of a hash of the name
     * follow. Empty if nothing is left.
     */
    public static Optional<String> of(String name) {
        String label =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (matches(name) || label.isEmpty()) {
            return matches(name) ? Optional.of(name) : Optional.empty();
        }
        return Optional.of(
                label.length() <= LONGEST ? label : label.substring(0, CUT).replaceAll("-$", "") + "-" + hash(name));
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASHED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void require(String what, String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException("%s '%s' is not %s".formatted(what, text, IN_WORDS));
        }
    }
}
