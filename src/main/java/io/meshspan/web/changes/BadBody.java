package io.meshspan.web.changes;

/** A request whose fields cannot be used. */
final class BadBody extends RuntimeException {

    BadBody(String message) {
        super(message);
    }
}
