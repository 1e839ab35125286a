package io.meshspan.approval;

/** A decision that makes no sense, whoever takes it. The message tells what is expected. */
public final class InvalidDecision extends RuntimeException {

    public InvalidDecision(String message) {
        super(message);
    }
}
