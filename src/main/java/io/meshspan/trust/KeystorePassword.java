package io.meshspan.trust;

/** The password of the root's keystore. Its text form never shows the characters. */
public final class KeystorePassword {

    private final char[] characters;

    /** Accepts any text: if it refused one, the message of the configuration binder would show the text. */
    public KeystorePassword(String text) {
        characters = text.toCharArray();
    }

    boolean isBlank() {
        for (char c : characters) {
            if (!Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }

    /** A copy; the caller overwrites it after use. */
    char[] characters() {
        return characters.clone();
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
