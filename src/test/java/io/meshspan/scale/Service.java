package io.meshspan.scale;

import static org.awaitility.Awaitility.await;

import io.meshspan.crash.ClassPath;
import io.meshspan.crash.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.client.RestClientException;

/** The application in a process of its own, with one GiB of heap at most. It writes down what its collector finds alive. */
final class Service implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final Changes changes;
    private final HeapLog heap;
    private final Path log;

    private Service(Process process, Changes changes, HeapLog heap, Path log) {
        this.process = process;
        this.changes = changes;
        this.heap = heap;
        this.log = log;
    }

    static Service start(Path folder, List<String> arguments) throws IOException {
        int port = FreePort.find();
        HeapLog heap = new HeapLog(folder.resolve("gc.log"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                heap.option(),
                "-cp",
                ClassPath.of(),
                "io.meshspan.MeshspanApplication",
                "--spring.profiles.active=demo",
                "--server.port=" + port));
        command.addAll(arguments);
        Path log = folder.resolve("service.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Service service = new Service(process, new Changes("http://127.0.0.1:" + port), heap, log);
        await("the service answers").atMost(START).until(service::answers);
        return service;
    }

    Changes changes() {
        return changes;
    }

    HeapLog heap() {
        return heap;
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the service ended: " + Files.readString(log));
        }
        try {
            return changes.answer();
        } catch (RestClientException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
