package io.meshspan.web.changes;

/** The change does not wait for that decision. */
final class NothingToDecide extends RuntimeException {

    NothingToDecide(String message) {
        super(message);
    }
}
