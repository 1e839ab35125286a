package io.meshspan.finding;

import java.util.Locale;
import java.util.Objects;

/**
 * One problem, described so that the reader can act on it.
 *
 * @param where the cluster, or the part of the request, for example {@code cluster2} or {@code clusters}
 * @param what the object or field, for example {@code Secret istio-system/cacerts}
 * @param expected the expected state
 * @param found the actual state; never a secret's value
 * @param advice the next step
 */
public record Finding(Severity severity, String where, String what, String expected, String found, String advice) {

    public Finding {
        Objects.requireNonNull(severity);
        if (where.isBlank() || what.isBlank() || advice.isBlank()) {
            throw new IllegalArgumentException("a finding says where, what, and what to do");
        }
    }

    public static Finding blocking(String where, String what, String expected, String found, String advice) {
        return new Finding(Severity.BLOCKING, where, what, expected, found, advice);
    }

    public static Finding warning(String where, String what, String expected, String found, String advice) {
        return new Finding(Severity.WARNING, where, what, expected, found, advice);
    }

    public static Finding note(String where, String what, String expected, String found, String advice) {
        return new Finding(Severity.NOTE, where, what, expected, found, advice);
    }

    @Override
    public String toString() {
        String mark = severity == Severity.BLOCKING ? "" : severity.name().toLowerCase(Locale.ROOT) + ": ";
        return "%s%s, %s: expected %s, found %s. %s".formatted(mark, where, what, expected, found, advice);
    }
}
