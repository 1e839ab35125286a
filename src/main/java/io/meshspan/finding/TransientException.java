package io.meshspan.finding;

/** A fault that is likely to pass by itself: the engine tries the step again, with growing delays. */
public final class TransientException extends RuntimeException {

    public TransientException(String message) {
        super(message);
    }
}
