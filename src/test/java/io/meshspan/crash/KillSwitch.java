package io.meshspan.crash;

import io.meshspan.service.ServiceNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Hears how far the steps of the other process are and what it asks of the clusters, and kills it at the armed moment. */
final class KillSwitch implements AutoCloseable {

    /** @param points those at which nothing was killed yet, by their steps */
    private record Armed(Map<String, KillPoint> points, Moment moment, Consumer<String> kill) {}

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kill-switch");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Integer> begun = new LinkedHashMap<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private final Map<String, String> lastNode = new HashMap<>();
    private Optional<Armed> armed = Optional.empty();
    private int called;

    KillSwitch() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Another process, which shall do what this says. */
    ServiceNode start(String name, Path folder, List<String> arguments) {
        List<String> heard = new ArrayList<>(
                List.of("--spring.main.sources=" + KillPoints.class.getName(), "--meshspan.node.id=" + name));
        heard.addAll(arguments);
        List<String> options = List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-D" + KillPoints.PORT + "=" + server.getLocalPort(),
                "-D" + KillPoints.NODE + "=" + name);
        return ServiceNode.start(name, folder, options, heard);
    }

    /** @param kill is told which node is at this point */
    void arm(KillPoint point, Moment moment, Consumer<String> kill) {
        arm(List.of(point), moment, kill);
    }

    /** Kills once at each of these points, in the order in which they come. */
    synchronized void arm(Collection<KillPoint> points, Moment moment, Consumer<String> kill) {
        forget();
        Map<String, KillPoint> byStep = new LinkedHashMap<>();
        points.forEach(point -> byStep.put(point.step(), point));
        armed = Optional.of(new Armed(byStep, moment, kill));
    }

    synchronized void forget() {
        begun.clear();
        calls.clear();
        lastNode.clear();
        armed = Optional.empty();
    }

    /** The points whose moment has not come. */
    synchronized Collection<KillPoint> left() {
        return armed.map(now -> List.copyOf(now.points().values())).orElse(List.of());
    }

    /** What was heard since {@link #forget}: each step once, in the order in which they began. */
    synchronized List<KillPoint> points() {
        return begun.keySet().stream()
                .map(step -> new KillPoint(step, calls.getOrDefault(step, 0)))
                .toList();
    }

    /** A call to any of the clusters. */
    synchronized void called() {
        called++;
        armed.filter(a -> a.moment() == Moment.INSIDE || a.moment() == Moment.GOING_ON)
                .flatMap(a -> a.points().values().stream()
                        .filter(point ->
                                begun.containsKey(point.step()) && called - begun.get(point.step()) >= point.last())
                        .findFirst())
                .ifPresent(this::kill);
    }

    /** The node that began this step last. */
    synchronized Optional<String> lastNode(String step) {
        return Optional.ofNullable(lastNode.get(step));
    }

    private synchronized void heard(String node, Moment moment, String step) {
        if (moment == Moment.BEFORE) {
            begun.putIfAbsent(step, called);
            lastNode.put(step, node);
        } else if (moment == Moment.AFTER && begun.containsKey(step)) {
            calls.putIfAbsent(step, called - begun.get(step));
        }
        armed.filter(a -> a.moment() == moment || (a.moment() == Moment.INSIDE && moment == Moment.AFTER))
                .flatMap(a -> Optional.ofNullable(a.points().get(step)))
                .ifPresent(this::kill);
    }

    private void kill(KillPoint point) {
        Armed now = armed.orElseThrow();
        now.points().remove(point.step());
        String node = lastNode.getOrDefault(point.step(), "");
        begun.clear();
        if (now.points().isEmpty()) {
            armed = Optional.empty();
        }
        now.kill().accept(node);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void answer(Socket socket) {
        try (socket;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String[] words = Objects.requireNonNullElse(lines.readLine(), "").split(" ", 3);
            if (words.length == 3) {
                heard(words[0], Moment.valueOf(words[1]), words[2]);
            }
            socket.getOutputStream().write('\n');
        } catch (IOException killed) {
            // the other side is gone, as it should
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
