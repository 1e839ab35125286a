package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.meshspan.finding.TransientException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command in a container, its output and its exit code. */
final class ContainerExec {

    private final ContainerResource container;

    ContainerExec(ContainerResource container) {
        this.container = container;
    }

    ExecResult run(Duration limit, String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = container.writingOutput(out).writingError(err).exec(command)) {
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
}
