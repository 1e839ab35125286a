package io.meshspan.mesh;

import java.util.OptionalInt;

/**
 * Which characters a text may hold. Refused are control characters but tabs and line breaks, since PostgreSQL cannot store
 * all of them and nobody sees them; those that turn the direction of writing, since a reader would see another text; and
 * halves of characters, which no UTF-8 can hold.
 */
public final class Characters {

    private Characters() {}

    /** Where the first refused character stands, counted in {@code char}s from the given one. */
    public static OptionalInt firstRefused(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isRefused(character)) {
                return OptionalInt.of(at);
            }
            at += Character.charCount(character);
        }
        return OptionalInt.empty();
    }

    /** As findings name it, for example {@code U+0000}. */
    public static String told(int character) {
        return "U+%04X".formatted(character);
    }

    static boolean isRefused(int character) {
        boolean layout = character == '\t' || character == '\n' || character == '\r';
        boolean control = Character.isISOControl(character) && !layout;
        boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        boolean turning = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        boolean none = (character & 0xFFFE) == 0xFFFE;
        return control || half || turning || none;
    }
}
