package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster.ExecResult;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls to one pod: a command in a container, or one GET to a port.
 *
 * @param answerWithin how long that GET may take
 */
record PodCalls(PodResource pod, Duration answerWithin) {

    /** With the body: what istiod of a mesh of fifty clusters tells of their endpoints is long. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED_WITHIN)
            .build();

    ExecResult exec(String container, Duration limit, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec =
                pod.inContainer(container).writingOutput(out).writingError(err).exec(command)) {
            int exit = exec.exitCode().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new ExecResult(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new TransientException("exec did not end within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("exec was interrupted");
        }
    }

    /** The client reports why a forward failed only after it was used. */
    String get(int port, String path) {
        try (LocalPortForward forward = pod.portForward(port, InetAddress.getLoopbackAddress(), 0)) {
            return get(forward, path);
        } catch (IOException e) {
            throw new TransientException("port-forward could not be closed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("port-forward was interrupted");
        }
    }

    private String get(LocalPortForward forward, String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + forward.getLocalPort() + path);
        try {
            HttpResponse<String> response = HTTP.sendAsync(
                            HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new TransientException("GET %s: HTTP %d".formatted(path, response.statusCode()));
            }
            return response.body();
        } catch (ExecutionException | TimeoutException e) {
            throw reason(forward, path);
        }
    }

    private RuntimeException reason(LocalPortForward forward, String path) {
        for (Throwable problem : forward.getServerThrowables()) {
            if (problem instanceof KubernetesClientException known) {
                return known;
            }
            if (ClientExceptionTranslator.code(problem) > 0) {
                return new KubernetesClientException("port-forward was refused", problem);
            }
        }
        return new TransientException(
                "GET %s: no answer through the port-forward within %d s".formatted(path, answerWithin.toSeconds()));
    }
}
