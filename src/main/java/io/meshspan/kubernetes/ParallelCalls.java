package io.meshspan.kubernetes;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.tracing.WorkScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Runs the same step for several clusters or objects in parallel. All of them finish before a failure is thrown. */
final class ParallelCalls {

    private final Executor threads;

    ParallelCalls(Executor threads) {
        this.threads = threads;
    }

    <K extends Comparable<K>, R> SortedMap<K, R> run(Collection<K> names, Function<K, R> step) {
        Map<K, CompletableFuture<R>> running = new LinkedHashMap<>();
        names.forEach(name ->
                running.put(name, CompletableFuture.supplyAsync(WorkScope.carried(() -> step.apply(name)), threads)));
        SortedMap<K, R> results = new TreeMap<>();
        List<RuntimeException> failures = new ArrayList<>();
        running.forEach((name, future) -> {
            try {
                results.put(name, future.join());
            } catch (CompletionException e) {
                failures.add(e.getCause() instanceof RuntimeException cause ? cause : e);
            }
        });
        if (!failures.isEmpty()) {
            throw together(failures);
        }
        return results;
    }

    /** A transient fault wins: a failure that a person must decide on appears again when the step is retried. */
    private static RuntimeException together(List<RuntimeException> failures) {
        List<StepFailed> findings = failures.stream()
                .filter(StepFailed.class::isInstance)
                .map(StepFailed.class::cast)
                .toList();
        if (findings.size() == failures.size()) {
            List<Finding> all =
                    findings.stream().flatMap(f -> f.findings().stream()).toList();
            return new StepFailed(findings.get(0).code(), all);
        }
        List<String> passing = failures.stream()
                .filter(TransientException.class::isInstance)
                .map(RuntimeException::getMessage)
                .toList();
        return passing.isEmpty()
                ? failures.stream()
                        .filter(f -> !(f instanceof StepFailed))
                        .findFirst()
                        .orElseThrow()
                : new TransientException(String.join("\n", passing));
    }

    /** Daemon threads, numbered from one for each factory. */
    static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
