package io.meshspan.trust;

/** The password of the root's keystore; no text form of it ever shows its characters. */
public final class KeystorePassword {

    private final char[] characters;

    /** Accepts any text: a refusal here would put the text into the message of the configuration binder. */
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

    /** A copy, which the caller overwrites after use. */
    char[] characters() {
        return characters.clone();
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
