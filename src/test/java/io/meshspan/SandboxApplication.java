package io.meshspan;

import io.meshspan.sandbox.InstalledMesh;
import io.meshspan.sandbox.InstalledMesh.Tool;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Meshspan with two stand-in clusters, or as many as {@code --clusters=} says, and a user for each role: the way to try
 * it on a laptop. The application is the same as ever; it only gets a kubeconfig and an inventory that lead to the sandbox.
 */
public final class SandboxApplication {

    private static final String CLUSTERS = "--clusters=";

    /** {@code helm} or {@code istioctl}: that tool installs a mesh before the start, to try an adoption. */
    private static final String INSTALLED = "--installed=";

    private static final Duration POD_DELAY = Duration.ofSeconds(1);
    private static final Duration ADDRESS_DELAY = Duration.ofSeconds(4);

    private SandboxApplication() {}

    public static void main(String[] args) {
        List<String> names = names(args);
        Sandbox sandbox =
                Sandbox.start(names.stream().map(SandboxApplication::cluster).toArray(SandboxCluster[]::new));
        installed(args)
                .ifPresent(tool -> new InstalledMesh(sandbox, "mesh1", tool, names, List.of())
                        .with("istiod", "autoscaleMin", 2)
                        .with("gateway", "service.annotations.team", "mesh")
                        .install());
        ApplicationListener<ContextClosedEvent> closing = event -> sandbox.close();
        ApplicationListener<ApplicationReadyEvent> welcome = event -> System.out.println(WELCOME.formatted(
                event.getApplicationContext().getEnvironment().getProperty("local.server.port"),
                names.size(),
                installed(args).isPresent() ? ADOPT : INSTALL));
        new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .listeners(closing, welcome)
                .run(Stream.of(settings(sandbox), inventory(sandbox, names), others(args))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    private static List<String> names(String... args) {
        int clusters = Arrays.stream(args)
                .filter(arg -> arg.startsWith(CLUSTERS))
                .mapToInt(arg -> Integer.parseInt(arg.substring(CLUSTERS.length())))
                .findFirst()
                .orElse(2);
        return IntStream.rangeClosed(1, clusters)
                .mapToObj(number -> "cluster" + number)
                .toList();
    }

    private static Optional<Tool> installed(String... args) {
        return Arrays.stream(args)
                .filter(arg -> arg.startsWith(INSTALLED))
                .map(arg -> Tool.valueOf(arg.substring(INSTALLED.length()).toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static Stream<String> others(String... args) {
        return Arrays.stream(args).filter(arg -> !arg.startsWith(CLUSTERS) && !arg.startsWith(INSTALLED));
    }

    private static SandboxCluster cluster(String name) {
        return SandboxCluster.named(name, network(name)).podDelay(POD_DELAY).addressDelay(ADDRESS_DELAY);
    }

    private static String network(String cluster) {
        return cluster.replace("cluster", "network");
    }

    private static Stream<String> settings(Sandbox sandbox) {
        return Stream.of(
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig(),
                "--meshspan.charts.source=" + Sandbox.charts("1.29.6", "1.30.3"));
    }

    private static Stream<String> inventory(Sandbox sandbox, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(
                        "--meshspan.inventory.clusters.%s.network=%s".formatted(name, network(name)),
                        "--meshspan.inventory.clusters.%s.api-server=%s".formatted(name, sandbox.apiServer(name))));
    }

    private static final String INSTALL = "Start process, \"Multi-primary, multi-network\", say why, Start.";
    private static final String ADOPT =
            "Start process, \"Adopt mesh\": another tool has installed mesh1 in all clusters. Say why, Start.";

    private static final String WELCOME = """

            Meshspan runs with %2$d sandbox clusters, each on a network of its own.

              1. http://127.0.0.1:%1$s as olivia (password sandbox-only), an operator:
                 %3$s
              2. The same address in a private window as carla (password sandbox-only), a change manager:
                 claim the task "Approve change", read the plan, approve.
              3. As either of them http://127.0.0.1:%1$s/changes/: follow the change; it takes about ten seconds.
              4. http://127.0.0.1:%1$s/camunda/app/cockpit/ as andrea (password sandbox-only), an auditor: "Mesh changes",
                 everything that was recorded, and the evidence of it.

            Stop with Ctrl-C. Nothing is kept.
            """;
}
