package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client that calls a service of all clusters twice a second, until closed; it counts who answered. Without a proxy in its pod, something
 * plays the mesh and may play what Envoy would not do, such as to ask an istiod that has just started for each call: then these calls are
 * told, and {@link ClientProxy} counts.
 */
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

    /** Whether Envoy runs beside the client. */
    boolean hasProxy() {
        return client().map(pod -> exec(pod, "istio-proxy", "pilot-agent", "request", "GET", "ready"))
                .filter("LIVE"::equals)
                .isPresent();
    }

    /** A client that is itself being replaced makes no call. */
    private void call() {
        client().ifPresent(this::call);
    }

    private Optional<Pod> client() {
        return cluster.client().pods().inNamespace(namespace).withLabel("app", "curl").list().getItems().stream()
                .filter(CallsAcross::ready)
                .findFirst();
    }

    /** @return what it wrote; empty if the pod went away */
    private String exec(Pod pod, String container, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var exec = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(container)
                .writingOutput(out)
                .writingError(out)
                .exec(command)) {
            exec.exitCode().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            return "";
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private void call(Pod from) {
        String answer = exec(from, "curl", "curl", "-sS", "http://helloworld.shop:5000/hello");
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
