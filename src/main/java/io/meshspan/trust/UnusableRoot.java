package io.meshspan.trust;

/** What the keystore holds instead of a root that a mesh can use. */
final class UnusableRoot extends Exception {

    private final String found;

    UnusableRoot(String found) {
        super(found);
        this.found = found;
    }

    String found() {
        return found;
    }
}
