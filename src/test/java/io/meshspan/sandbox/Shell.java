package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Plays what a command inside a pod would print: curl of an HTTP address, alone or in a counted loop of the shell. */
final class Shell {

    /** What a command came to, and curl's words on each stream. */
    record Result(int exitCode, String stdout, String stderr) {}

    private static final Pattern ADDRESS =
            Pattern.compile("(?:http://)?([a-z0-9-]+)\\.([a-z0-9-]+)(?:\\.svc\\S*?)?:(\\d+)(/\\S*)?");
    private static final List<Pattern> COUNTS = List.of(
            Pattern.compile("seq\\s+(?:1\\s+)?(\\d+)"),
            Pattern.compile("-l[te]\\s+(\\d+)"),
            Pattern.compile("\\{1\\.\\.(\\d+)}"));

    private final MeshTruth mesh;

    Shell(MeshTruth mesh) {
        this.mesh = mesh;
    }

    Result run(RunningCluster cluster, Pod pod, List<String> command) {
        String line = String.join(" ", command);
        Matcher address = ADDRESS.matcher(line);
        if (!line.contains("curl") || !address.find()) {
            return new Result(127, "", "sh: " + command.get(0) + ": not found\n");
        }
        Result result = curl(cluster, pod, address, count(line), line.contains("%{time_total}"));
        return line.contains("|| true") ? new Result(0, result.stdout(), result.stderr()) : result;
    }

    private Result curl(RunningCluster cluster, Pod pod, Matcher address, int times, boolean timed) {
        String host = address.group(1) + "." + address.group(2);
        Optional<Service> service = cluster.store().get(Service.class, address.group(2), address.group(1));
        if (service.isEmpty()) {
            return new Result(
                    6,
                    took("", timed).repeat(times),
                    ("curl: (6) Could not resolve host: " + host + "\n").repeat(times));
        }
        boolean listens = service.get().getSpec().getPorts().stream()
                .anyMatch(port -> port.getPort() == Integer.parseInt(address.group(3)));
        return listens
                ? new Result(
                        0,
                        mesh.call(cluster, pod, service.get(), times).stream()
                                .map(answer -> answer + took(answer, timed))
                                .collect(Collectors.joining()),
                        "")
                : new Result(
                        7,
                        took("", timed).repeat(times),
                        refused(host, address.group(3)).repeat(times));
    }

    /** As curl writes it with {@code -w}; some milliseconds, the same pod about as fast each time. */
    private static String took(String answer, boolean timed) {
        if (!timed) {
            return "";
        }
        long micros = 1500L
                + Math.floorMod(answer.hashCode(), 25_000)
                + ThreadLocalRandom.current().nextInt(4_000);
        return "\nmeshspan-time=0.%06d\n".formatted(micros);
    }

    private static String refused(String host, String port) {
        return "curl: (7) Failed to connect to " + host + " port " + port + "\n";
    }

    private static int count(String line) {
        return COUNTS.stream()
                .map(pattern -> pattern.matcher(line))
                .filter(Matcher::find)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElse(1);
    }
}
