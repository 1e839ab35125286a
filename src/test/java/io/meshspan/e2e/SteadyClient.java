package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A workload that calls HelloWorld of all clusters all the time, and remembers each answer that is none. */
final class SteadyClient implements AutoCloseable {

    private static final int CALLS = 10;

    private final LiveCluster cluster;
    private final List<String> failed = new ArrayList<>();
    private final Thread thread = new Thread(this::call);
    private volatile boolean over;
    private int answered;

    SteadyClient(LiveCluster cluster) {
        this.cluster = cluster;
        thread.setDaemon(true);
        thread.start();
    }

    private void call() {
        while (!over) {
            for (String line : round().lines().toList()) {
                note(line);
            }
        }
    }

    private synchronized void note(String line) {
        if (line.startsWith("Hello version")) {
            answered++;
        } else if (!line.isBlank()) {
            failed.add(line);
        }
    }

    /** What the exec itself cannot do is no failed call. */
    private String round() {
        Pod pod = cluster.client().pods().inNamespace("sample").withLabel("app", "curl").list().getItems().stream()
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElse(null);
        if (pod == null) {
            return "";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String loop = "for i in $(seq %d); do curl -sS http://helloworld.sample:5000/hello; done".formatted(CALLS);
        try (ExecWatch exec = cluster.client()
                .pods()
                .resource(pod)
                .inContainer("curl")
                .writingOutput(out)
                .exec("sh", "-c", loop)) {
            exec.exitCode().get(20, TimeUnit.SECONDS);
        } catch (KubernetesClientException | ExecutionException | TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    synchronized List<String> failed() {
        return List.copyOf(failed);
    }

    synchronized int answered() {
        return answered;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
