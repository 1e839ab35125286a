package io.meshspan.approval;

/** A decision that is not valid for anybody. The message says what is expected. */
public final class InvalidDecision extends RuntimeException {

    public InvalidDecision(String message) {
        super(message);
    }
}
