package io.meshspan.mesh;

/**
 * A text of a request, not checked yet.
 *
 * @param text empty if the request does not have it
 * @param where its place, for example {@code request} or {@code mesh file, line 3, column 9}
 * @param readable false if the value is not a text; the reader has reported that already
 */
public record RequestField(String text, String where, boolean readable) {

    public static RequestField text(String text, String where) {
        return new RequestField(text, where, true);
    }

    public static RequestField nothing(String where) {
        return new RequestField("", where, true);
    }

    public static RequestField unreadable(String where) {
        return new RequestField("", where, false);
    }

    public boolean isAbsent() {
        return readable && text.isEmpty();
    }

    /** Whether there is a text to check. */
    boolean isPresent() {
        return readable && !text.isEmpty();
    }

    String quoted() {
        return InputRules.quoted(text);
    }
}
