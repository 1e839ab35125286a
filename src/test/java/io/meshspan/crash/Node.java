package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.web.client.RestClientException;

/** The application in a process of its own, started as anybody starts it, and again after it was killed. */
final class Node {

    private static final Duration START = Duration.ofMinutes(2);

    private final String name;
    private final int port;
    private final List<String> command;
    private final Path log;
    private Process process;

    private Node(String name, int port, List<String> command, Path log) {
        this.name = name;
        this.port = port;
        this.command = command;
        this.log = log;
        this.process = begin();
    }

    /** @param arguments of the application */
    static Node start(String name, KillSwitch kill, Path folder, List<String> arguments) {
        int port = FreePort.find();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + KillPoints.PORT + "=" + kill.port(),
                "-D" + KillPoints.NODE + "=" + name,
                "-cp",
                ClassPath.of(),
                "io.meshspan.MeshspanApplication",
                "--spring.main.sources=" + KillPoints.class.getName(),
                "--spring.profiles.active=demo",
                "--server.port=" + port,
                "--meshspan.node.id=" + name));
        command.addAll(arguments);
        return new Node(name, port, command, folder.resolve(name + ".log"));
    }

    private Process begin() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Changes changes() {
        return new Changes("http://127.0.0.1:" + port);
    }

    private String written() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean is(String other) {
        return name.equals(other);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        ended(Duration.ofMinutes(1));
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void restart() {
        process = begin();
        ready();
    }

    Node ready() {
        await(name + " answers; it writes to " + log).atMost(START).until(this::answers);
        return this;
    }

    private boolean answers() {
        if (!alive()) {
            throw new AssertionError(name + " did not start; it wrote:\n" + written());
        }
        try {
            return changes().answers();
        } catch (RestClientException notYet) {
            return false;
        }
    }
}
