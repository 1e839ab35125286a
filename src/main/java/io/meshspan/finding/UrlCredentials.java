package io.meshspan.finding;

import java.util.regex.Pattern;

/** The credentials in a URL: {@code https://name:password@host}. No message and no record may contain them. */
public final class UrlCredentials {

    /**
     * Ends at the last @ before the path. If the password contains a slash, it ends at the @ after an invalid port. A host
     * follows. If another URL follows the @, the text is a list, such as {@code a=https://host,b@https://host}. The
     * limits keep long texts quick.
     */
    private static final Pattern IN_URL = Pattern.compile(
            "://(?:[^\\s\"'/]{0,1024}@|[^\\s\"'/@:]{0,256}:(?!\\d{1,20}/)[^\\s\"'@]{0,1024}+@)(?!\\w[\\w+.-]{0,64}://)");

    private UrlCredentials() {}

    public static boolean isIn(String text) {
        return IN_URL.matcher(text).find();
    }

    public static String removedFrom(String text) {
        return IN_URL.matcher(text).replaceAll("://");
    }
}
