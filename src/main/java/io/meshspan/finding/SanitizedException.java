package io.meshspan.finding;

/** A step ended in a way that nobody foresaw: told by type and place alone, for a message may carry a secret. */
public final class SanitizedException extends RuntimeException {

    public SanitizedException(Throwable cause) {
        super("Unexpected %s at %s".formatted(cause.getClass().getName(), place(cause.getStackTrace())));
        setStackTrace(cause.getStackTrace());
    }

    private static String place(StackTraceElement[] trace) {
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }
}
