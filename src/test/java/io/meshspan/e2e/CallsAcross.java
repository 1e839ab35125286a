package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client that calls a service of all clusters twice a second, until closed; it counts who answered. */
final class CallsAcross implements AutoCloseable {

    private final LiveCluster cluster;
    private final String namespace;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private CallsAcross(LiveCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    static CallsAcross from(LiveCluster cluster, String namespace) {
        CallsAcross calls = new CallsAcross(cluster, namespace);
        var unused = calls.timer.scheduleWithFixedDelay(calls::call, 0, 500, TimeUnit.MILLISECONDS);
        return calls;
    }

    List<String> failed() {
        return failures;
    }

    int answered() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A client that is itself being replaced makes no call. */
    private void call() {
        cluster.client().pods().inNamespace(namespace).withLabel("app", "curl").list().getItems().stream()
                .filter(CallsAcross::ready)
                .findFirst()
                .ifPresent(this::call);
    }

    private void call(Pod from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var exec = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withName(from.getMetadata().getName())
                .inContainer("curl")
                .writingOutput(out)
                .writingError(out)
                .exec("curl", "-sS", "http://helloworld.shop:5000/hello")) {
            exec.exitCode().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            return; // the client went away
        }
        String answer = out.toString(StandardCharsets.UTF_8).strip();
        if (answer.startsWith("Hello version: ")) {
            answers.merge(answer.substring(0, answer.indexOf(',')), 1, Integer::sum);
        } else if (!answer.isEmpty()) {
            failures.add(answer);
        }
    }

    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    @Override
    public String toString() {
        return "answered %s, failed %s".formatted(new TreeMap<>(answers), failures);
    }
}
