package io.meshspan.trust;

/** Why a secret {@code cacerts} cannot be read. It names the entry, never its content. */
final class UnreadableCacerts extends Exception {

    private final String found;

    UnreadableCacerts(String found) {
        super(found);
        this.found = found;
    }

    String found() {
        return found;
    }
}
