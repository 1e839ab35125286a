package io.meshspan.web.changes;

/** Nobody is logged in. */
final class NotLoggedIn extends RuntimeException {

    NotLoggedIn() {
        super("Log in first");
    }
}
