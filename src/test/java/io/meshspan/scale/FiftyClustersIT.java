package io.meshspan.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each topology with fifty clusters: one GiB of heap is enough, the writes are those that the guide needs and one a cluster
 * more (the ConfigMap that marks Meshspan's objects), and a second run writes nothing. What it took is printed, and what a
 * node's process takes with a few clusters and with many.
 */
class FiftyClustersIT {

    private static final String WANTED = "meshspan.scale";

    private static final int COUNT = 50;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** As in deploy/helm/meshspan/values.yaml. */
    private static final int LIMIT_MIB = 2048;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "multi-primary, 4350",
        "multi-primary-multi-network, 4700",
        "primary-remote, 1760",
        "primary-remote-multi-network, 2055"
    })
    void shouldMakeAMeshOfFiftyClusters(String topology, int writes) throws Exception {
        Assumptions.assumeTrue(
                Set.of("all", topology).contains(System.getProperty(WANTED, "")),
                "skipped, because it takes two minutes; wanted by -D%s=%s or =all".formatted(WANTED, topology));
        HeapLog heap = new HeapLog(folder.resolve("gc.log"));
        try (Sandbox sandbox = sandbox(COUNT, topology.endsWith("multi-network"))) {
            ServiceNode service = ServiceNode.start(
                    "service",
                    folder,
                    List.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError", heap.option()),
                    arguments(sandbox, COUNT));
            try {
                // when
                ScaleRun first = carried(service.ready(), topology, COUNT, "once");
                List<Write> written = writes(sandbox);
                ScaleRun second = carried(service, topology, COUNT, "again");

                // then
                tell(topology, first, second, heap.mostAlive());
                assertThat(List.of(first.outcome(), second.outcome())).containsOnly("Mesh verified");
                assertThat(written).hasSize(writes);
                assertThat(writes(sandbox)).isEqualTo(written);
            } finally {
                service.kill();
            }
        }
    }

    /** The requests and limits of the Helm chart are set from what this prints (docs/deployment.md). */
    @ParameterizedTest
    @CsvSource({"3", "50"})
    void shouldFitIntoTheMemoryOfTheChart(int count) throws Exception {
        Assumptions.assumeTrue(
                Set.of("all", "resources").contains(System.getProperty(WANTED, "")),
                "skipped, because it takes minutes; wanted by -D%s=resources".formatted(WANTED));
        try (Sandbox sandbox = sandbox(count, true)) {
            // the image's options; a container of 2 GiB
            ServiceNode service = ServiceNode.start(
                    "service", folder, List.of("-Xmx%dm".formatted(LIMIT_MIB * 70 / 100)), arguments(sandbox, count));
            try {
                // when
                service.ready();
                ProcessUsage started = ProcessUsage.of(service.pid());
                ScaleRun run = carried(service, "multi-primary-multi-network", count, "once");
                ProcessUsage ended = ProcessUsage.of(service.pid());
                carried(service, "multi-primary-multi-network", count, "again");
                ProcessUsage again = ProcessUsage.of(service.pid());

                // then
                tell(count, started, run, ended, again);
                assertThat(run.outcome()).isEqualTo("Mesh verified");
                assertThat(again.mostMemory()).isLessThan(LIMIT_MIB);
            } finally {
                service.kill();
            }
        }
    }

    private static ScaleRun carried(ServiceNode service, String topology, int count, String reason) {
        return ScaleRun.of(
                new Carried(service::changes, Carried.installation(topology, "1.30.3", names(count)), reason, LIMIT)
                        .toItsEnd());
    }

    private static Sandbox sandbox(int count, boolean apart) {
        return Sandbox.start(IntStream.rangeClosed(1, count)
                .mapToObj(number -> SandboxCluster.named("cluster" + number, "network" + (apart ? number : 1)))
                .toArray(SandboxCluster[]::new));
    }

    private List<String> arguments(Sandbox sandbox, int count) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=jdbc:h2:file:%s/meshspan;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=256"
                        .formatted(folder),
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig(),
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.trust.keystore=" + folder.resolve("root-ca.p12"),
                "--meshspan.wait.call-again=200ms"));
        names(count).stream().flatMap(name -> cluster(sandbox, name)).forEach(arguments::add);
        return arguments;
    }

    private static Stream<String> cluster(Sandbox sandbox, String name) {
        String key = "--meshspan.inventory.clusters." + name;
        return Stream.of(
                key + ".network=" + sandbox.cluster(name).network(), key + ".api-server=" + sandbox.apiServer(name));
    }

    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "cluster" + number)
                .toList();
    }

    /** But for the sample, which comes and goes with each verification, and for the Lease. */
    private static List<Write> writes(Sandbox sandbox) {
        return names(COUNT).stream()
                .flatMap(name -> sandbox.writes(name).stream())
                .filter(write -> !"sample".equals(write.namespace()) && !"sample".equals(write.name()))
                .filter(write -> !write.kind().equals("Lease"))
                .toList();
    }

    @SuppressWarnings("SystemOut")
    private static void tell(String topology, ScaleRun first, ScaleRun second, int alive) {
        System.out.printf(
                Locale.ROOT,
                "%s, %d clusters: plan %.1f s, change %.1f s; again: plan %.1f s, change %.1f s; heap after collections at most %d MiB%n",
                topology,
                COUNT,
                first.planned(),
                first.carriedOut(),
                second.planned(),
                second.carriedOut(),
                alive);
    }

    @SuppressWarnings("SystemOut")
    private static void tell(int count, ProcessUsage started, ScaleRun run, ProcessUsage ended, ProcessUsage again) {
        System.out.printf(
                Locale.ROOT,
                "%d clusters: start %d MiB, %.1f s of CPU; change of %.1f s: %d MiB, %.1f s of CPU; again: %d MiB, %.1f s of CPU%n",
                count,
                started.mostMemory(),
                started.cpu().toMillis() / 1e3,
                run.planned() + run.carriedOut(),
                ended.mostMemory(),
                ended.cpuSince(started),
                again.mostMemory(),
                again.cpuSince(ended));
    }
}
