package io.meshspan.mesh;

import java.util.regex.Pattern;

/** RFC 1123 labels: lower case letters, digits and hyphens, at most 63 characters, no hyphen at either end. */
public final class DnsLabel {

    /** As a regular expression. */
    public static final String FORM = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    public static final String IN_WORDS = "a DNS-1123 label (lower case letters, digits, hyphens; 1 to 63 characters)";

    private static final Pattern LABEL = Pattern.compile(FORM);

    private DnsLabel() {}

    public static boolean matches(String text) {
        return LABEL.matcher(text).matches();
    }

    static void require(String what, String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException("%s '%s' is not %s".formatted(what, text, IN_WORDS));
        }
    }
}
