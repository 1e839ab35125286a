package io.meshspan.finding;

/**
 * A step failed in an unexpected way. The message has only the type and the place, because the original may contain a
 * secret.
 */
public final class SanitizedException extends RuntimeException {

    public SanitizedException(Throwable cause) {
        super("Unexpected %s at %s".formatted(cause.getClass().getName(), place(cause.getStackTrace())));
        setStackTrace(cause.getStackTrace());
    }

    private static String place(StackTraceElement[] trace) {
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }
}
