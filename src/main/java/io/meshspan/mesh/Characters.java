package io.meshspan.mesh;

import java.util.OptionalInt;

/**
 * Checks the characters of a text. It refuses control characters except tabs and line breaks, because PostgreSQL cannot
 * store all of them and nobody sees them. It refuses characters that change the direction of writing, because a reader would
 * see another text. It refuses halves of characters, because UTF-8 cannot encode them.
 */
public final class Characters {

    private Characters() {}

    /** The index of the first refused character, in {@code char}s, searched from the given index. */
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

    /** Whether a reader sees nothing of the text: it has only spaces of any kind and characters without a shape. */
    public static boolean isInvisible(String text) {
        return text.codePoints().allMatch(Characters::hasNoShape);
    }

    /** How many characters of the text a reader sees. */
    public static long visible(String text) {
        return text.codePoints().filter(character -> !hasNoShape(character)).count();
    }

    /** The character's name in findings, for example {@code U+0000}. */
    public static String told(int character) {
        return "U+%04X".formatted(character);
    }

    /** Whether a reader takes a text with this character for the same text without it, or with a space. */
    static boolean hidesInText(int character) {
        return character != ' ' && hasNoShape(character);
    }

    private static boolean hasNoShape(int character) {
        boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character);
        boolean blankByName =
                character == '\u115F' || character == '\u1160' || character == '\u2800' || character == '\u3164';
        boolean selector = character >= 0xFE00 && character <= 0xFE0F;
        return space
                || blankByName
                || selector
                || character == 0x034F
                || Character.isIdentifierIgnorable(character)
                || Character.getType(character) == Character.FORMAT;
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
