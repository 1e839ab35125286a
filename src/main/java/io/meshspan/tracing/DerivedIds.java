package io.meshspan.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Derives the ids of traces and spans from the engine's ids; other spans get random ids. */
final class DerivedIds implements IdGenerator {

    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private record Next(String trace, String span) {}

    private static final ThreadLocal<@Nullable Next> NEXT = new ThreadLocal<>();

    /** The change's id without dashes, so that people can find the trace of a change. */
    static String trace(String change) {
        return UUID_FORM.matcher(change).matches()
                ? change.replace("-", "")
                : hash(change).substring(0, TRACE_DIGITS);
    }

    static String span(String activity) {
        return hash(activity).substring(0, SPAN_DIGITS);
    }

    /** Gives these ids to the span that the work starts. */
    <T> T use(String trace, String span, Supplier<T> work) {
        NEXT.set(new Next(trace, span));
        try {
            return work.get();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateTraceId() {
        Next given = NEXT.get();
        return given == null ? IdGenerator.random().generateTraceId() : given.trace();
    }

    @Override
    public String generateSpanId() {
        Next given = NEXT.get();
        return given == null ? IdGenerator.random().generateSpanId() : given.span();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
