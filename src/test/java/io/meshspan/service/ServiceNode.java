package io.meshspan.service;

import static org.awaitility.Awaitility.await;

import io.meshspan.secrets.Services;
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
public final class ServiceNode {

    private static final Duration START = Duration.ofMinutes(5);

    private final String name;
    private final int port;
    private final List<String> command;
    private final Path log;
    private Process process;

    private ServiceNode(String name, int port, List<String> command, Path log) {
        this.name = name;
        this.port = port;
        this.command = command;
        this.log = log;
        this.process = begin();
    }

    /**
     * @param folder where it writes its log
     * @param options of the virtual machine
     * @param arguments of the application
     */
    public static ServiceNode start(String name, Path folder, List<String> options, List<String> arguments) {
        Services.in(folder);
        int port = UnusedPort.find();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=128m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        command.addAll(options);
        command.addAll(
                List.of("-cp", ClassPath.of(), "io.meshspan.MeshspanApplication", "--spring.profiles.active=demo"));
        return start(name, folder, port, command, arguments);
    }

    /** By a command of its own, as a container engine starts an image. */
    public static ServiceNode startBy(List<String> command, String name, Path folder, List<String> arguments) {
        Services.in(folder);
        return start(name, folder, UnusedPort.find(), command, arguments);
    }

    private static ServiceNode start(String name, Path folder, int port, List<String> command, List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.add("--meshspan.trust.keystore-password=" + Services.KEYSTORE_PASSWORD);
        whole.add("--server.port=" + port);
        whole.addAll(arguments);
        return new ServiceNode(name, port, whole, folder.resolve(name + ".log"));
    }

    /** It does not outlive this process, whatever becomes of the test. */
    private Process begin() {
        try {
            Process begun = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(begun::destroyForcibly, "end of " + name));
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public ServiceChanges changes() {
        return new ServiceChanges(url());
    }

    private String written() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean is(String other) {
        return name.equals(other);
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        ended(Duration.ofMinutes(1));
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void restart() {
        process = begin();
        ready();
    }

    public ServiceNode ready() {
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
