package io.meshspan.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Adds change, mesh and cluster to log lines. While it is open, log lines of this thread have the MDC keys {@value
 * CHANGE}, {@value MESH} and {@value CLUSTER}, as far as they are known.
 */
public final class WorkScope {

    public static final String CHANGE = "change";
    public static final String MESH = "mesh";
    public static final String CLUSTER = "cluster";

    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    private WorkScope() {}

    /** @param cluster null if the work is about the whole mesh */
    public static WorkScope open(@Nullable String change, @Nullable String mesh, @Nullable String cluster) {
        WorkScope scope = new WorkScope();
        put(CHANGE, change);
        put(MESH, mesh);
        put(CLUSTER, cluster);
        return scope;
    }

    /** The change of this thread. */
    static Optional<String> change() {
        return Optional.ofNullable(MDC.get(CHANGE));
    }

    /** Work of this thread that another thread does for one cluster. */
    public static <T> Supplier<T> carried(Supplier<T> work) {
        Map<String, String> here = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        Context context = Context.current();
        return () -> {
            WorkScope logged = new WorkScope();
            Scope traced = context.makeCurrent();
            try {
                MDC.setContextMap(here);
                return work.get();
            } finally {
                traced.close();
                logged.close();
            }
        };
    }

    /** The same scope, with the cluster's name. */
    public static <T> T in(String cluster, Supplier<T> work) {
        WorkScope scope = new WorkScope();
        try {
            put(CLUSTER, cluster);
            return work.get();
        } finally {
            scope.close();
        }
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Restores the earlier MDC values. */
    public void close() {
        MDC.setContextMap(Objects.requireNonNullElse(before, Map.of()));
    }
}
