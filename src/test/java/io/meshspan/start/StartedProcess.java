package io.meshspan.start;

import io.meshspan.service.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own, as anybody starts the application, with settings under which it cannot start. */
final class StartedProcess {

    private static final int MINUTES = 10;

    private final Process process;
    private final Path output;

    private StartedProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static StartedProcess with(Path folder, Map<String, String> environment, Class<?> main, List<String> settings)
            throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ClassPath.of(),
                main.getName()));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(environment);
        return new StartedProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it did not end");
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }
}
