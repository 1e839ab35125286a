package io.meshspan.finding;

/** A fault that is likely to pass by itself: the engine tries the step again, with growing delays. */
public final class PassingFault extends RuntimeException {

    public PassingFault(String message) {
        super(message);
    }
}
