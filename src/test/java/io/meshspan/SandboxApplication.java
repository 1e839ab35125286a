package io.meshspan;

import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Meshspan with two stand-in clusters and a user for each role: the way to try it on a laptop. The application is the
 * same as ever; it only gets a kubeconfig and an inventory that lead to the sandbox.
 */
public final class SandboxApplication {

    private static final Duration POD_DELAY = Duration.ofSeconds(1);
    private static final Duration ADDRESS_DELAY = Duration.ofSeconds(4);

    private SandboxApplication() {}

    public static void main(String[] args) {
        Sandbox sandbox = Sandbox.start(cluster(1), cluster(2));
        ApplicationListener<ContextClosedEvent> closing = event -> sandbox.close();
        ApplicationListener<ApplicationReadyEvent> welcome = event -> System.out.println(WELCOME);
        new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .listeners(closing, welcome)
                .run(Stream.concat(arguments(sandbox), Arrays.stream(args)).toArray(String[]::new));
    }

    private static SandboxCluster cluster(int number) {
        return SandboxCluster.named("cluster" + number, "network" + number)
                .podDelay(POD_DELAY)
                .addressDelay(ADDRESS_DELAY);
    }

    private static Stream<String> arguments(Sandbox sandbox) {
        return Stream.of(
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig(),
                "--meshspan.inventory.clusters.cluster1.network=network1",
                "--meshspan.inventory.clusters.cluster1.api-server=" + sandbox.apiServer("cluster1"),
                "--meshspan.inventory.clusters.cluster2.network=network2",
                "--meshspan.inventory.clusters.cluster2.api-server=" + sandbox.apiServer("cluster2"),
                "--meshspan.charts.source=" + Sandbox.charts());
    }

    private static final String WELCOME = """

            Meshspan runs with two sandbox clusters, cluster1 on network1 and cluster2 on network2.

              1. http://127.0.0.1:8080 as olivia (password olivia), an operator:
                 Start process, "Multi-primary, multi-network", say why, Start.
              2. The same address in a private window as carla (password carla), a change manager:
                 claim the task "Approve change", read the plan, approve.
              3. As either of them http://127.0.0.1:8080/changes/: follow the change; it takes about ten seconds.
              4. http://127.0.0.1:8080/camunda/app/cockpit/ as andrea (password andrea), an auditor: "Mesh changes",
                 everything that was recorded, and the evidence of it.

            Stop with Ctrl-C. Nothing is kept.
            """;
}
