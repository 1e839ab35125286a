package io.meshspan.manifest;

import io.meshspan.finding.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program until it ends or reaches a time limit. At the limit it kills the program and its children. The program
 * inherits only PATH, so that it does not know any cluster or secret.
 */
final class ChildProcess {

    private ChildProcess() {}

    record Ended(int code, String output, String errors) {}

    /**
     * @return empty if the program reached the limit
     * @throws IOException if the program cannot be started
     */
    static Optional<Ended> run(Duration limit, List<String> command) throws IOException {
        Process process = start(command);
        CompletableFuture<String> output = drained(process.getInputStream());
        CompletableFuture<String> errors = drained(process.getErrorStream());
        try {
            var ended = process.onExit()
                    .thenCombine(output, (done, text) -> text)
                    .thenCombine(errors, (text, complaints) -> new Ended(process.exitValue(), text, complaints));
            return Optional.ofNullable(ended.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                    .get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("%s was interrupted".formatted(command.get(0)));
        } catch (ExecutionException e) {
            throw new IOException("The output of %s cannot be read".formatted(command.get(0)), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "KUBECONFIG", "/dev/null"));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Reads on its own thread: a full pipe would block the program forever. */
    private static CompletableFuture<String> drained(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(stream, text), "child-process-output");
        reader.setDaemon(true);
        reader.start();
        return text;
    }

    private static void read(InputStream stream, CompletableFuture<String> text) {
        try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
