package io.meshspan.finding;

import java.util.regex.Pattern;

/** A name and a password that stand in a URL, as in {@code https://name:password@host}: in no message and in no record. */
public final class UserInfo {

    /**
     * Up to the last @ before the path; or, of a password with a slash in it, up to the @ behind a port that is none. What
     * follows is a host: another URL behind the @ makes it a list, such as {@code a=https://host,b@https://host}.
     */
    private static final Pattern IN_URL =
            Pattern.compile("://(?:[^\\s\"'/]*@|[^\\s\"'/@:]*:(?!\\d+/)[^\\s\"'@]*@)(?!\\w[\\w+.-]*://)");

    private UserInfo() {}

    public static boolean isIn(String text) {
        return IN_URL.matcher(text).find();
    }

    public static String removedFrom(String text) {
        return IN_URL.matcher(text).replaceAll("://");
    }
}
