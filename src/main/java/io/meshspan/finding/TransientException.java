package io.meshspan.finding;

/** A temporary fault: the engine tries the step again, with growing delays. */
public final class TransientException extends RuntimeException {

    public TransientException(String message) {
        super(message);
    }
}
