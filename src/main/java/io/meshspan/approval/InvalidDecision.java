package io.meshspan.approval;

/** A decision that is invalid, whoever makes it. The message says what is expected. */
public final class InvalidDecision extends RuntimeException {

    public InvalidDecision(String message) {
        super(message);
    }
}
