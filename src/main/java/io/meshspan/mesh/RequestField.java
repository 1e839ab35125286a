package io.meshspan.mesh;

/**
 * A text of a request, not yet believed.
 *
 * @param text empty if nothing was said
 * @param where where it stands, for example {@code request} or {@code mesh file, line 3, column 9}
 * @param readable false if something else than a text stands there, which whoever read it has told already
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

    /** Whether a rule has something to judge. */
    boolean isPresent() {
        return readable && !text.isEmpty();
    }

    String quoted() {
        return InputRules.quoted(text);
    }
}
