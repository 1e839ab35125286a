package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.service.Carried;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main topology on clusters that go on living while Meshspan is dead: killed by SIGKILL after a sixth of its records, after
 * two, and so on, a change ends as one that nobody killed.
 */
@ExtendWith(ClustersNamed.class)
class CrashE2E {

    private static final String PROCESS = "multi-primary-multi-network";
    private static final String VERSION = "1.30.3";
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final int PARTS = 6;

    private final Settings settings = Settings.read();
    private final List<LiveCluster> clusters = settings.contexts().stream()
            .map(context -> LiveCluster.of(settings, context))
            .toList();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndAsIfNobodyHadKilledIt() {
        try (MortalService service = new MortalService(settings, folder)) {
            run(service, "first, which makes the custom resource definitions");
            Remains undisturbed = run(service, "undisturbed");
            long records = service.recordsOf("undisturbed");
            List<String> matrix = new ArrayList<>();

            IntStream.range(1, PARTS).forEach(part -> {
                String reason = "killed after %d of %d".formatted(part, PARTS);
                service.dieAt(records * part / PARTS, reason);
                Remains killed = run(service, reason);
                assertThat(service.died()).as("the moment came").isTrue();
                matrix.add(reason + ": " + (killed.equals(undisturbed) ? "same" : killed.differences(undisturbed)));
            });

            matrix.forEach(CrashE2E::tell);
            assertThat(matrix).allMatch(line -> line.endsWith(": same"));
        } finally {
            cleanUp();
            clusters.forEach(LiveCluster::close);
        }
    }

    /** In the waits of a rotation and of an upgrade of a mesh in use, of the topology that is named. */
    @Test
    void shouldGoOnWithALaterChangeThatWaitedWhenItWasKilled() {
        List<String> versions = settings.versions();
        Assumptions.assumeTrue(
                versions.size() > 1,
                "skipped, for it needs two versions; name them by -D" + GivenObjects.VERSIONS.property());
        String topology = GivenObjects.TOPOLOGY.text().orElse(PROCESS);
        cleanUp();
        try (MortalService service = new MortalService(settings, folder)) {
            // given
            String first = versions.get(0);
            verified(service, Carried.installation(topology, first, settings.contexts()), "installed");
            HelloWorldWorkloads.create(clusters);

            // when / then
            service.dieIn("CallActivity_WaitForIstiod");
            verified(service, Map.of("process", "rotate-remote-tokens", "mesh", Carried.MESH), "killed in a rotation");
            assertThat(service.died()).isTrue();
            service.dieIn("CallActivity_WaitForRollout");
            verified(
                    service,
                    Map.of("process", "upgrade-mesh", "mesh", Carried.MESH, "istioVersion", versions.get(1)),
                    "killed in an upgrade");
            assertThat(service.died()).isTrue();
        } finally {
            HelloWorldWorkloads.remove(clusters);
            cleanUp();
            clusters.forEach(LiveCluster::close);
        }
    }

    private static void verified(MortalService service, Map<String, ?> request, String reason) {
        JsonNode change = new Carried(service::living, request, reason, LIMIT).toItsEnd();
        tell(reason + ": " + change.at("/change/outcome").asText());
        assertThat(change.at("/change/outcome").asText()).isEqualTo("Mesh verified");
        assertThat(change.path("problems")).isEmpty();
    }

    /** On clusters without a mesh, and once more: there is nothing left to do. */
    private Remains run(MortalService service, String reason) {
        cleanUp();
        JsonNode change = carry(service, reason);
        List<Footprint> left = clusters.stream().map(Footprint::of).toList();
        carry(service, reason + ", again");
        assertThat(clusters.stream().map(Footprint::of).toList()).isEqualTo(left);
        clusters.forEach(CrashE2E::awaitEndOfSample);
        return Remains.of(change, clusters.stream().map(Stock::of).toList());
    }

    private JsonNode carry(MortalService service, String reason) {
        return new Carried(service::living, Carried.installation(PROCESS, VERSION, settings.contexts()), reason, LIMIT)
                .toItsEnd();
    }

    private static void awaitEndOfSample(LiveCluster cluster) {
        cluster.client().namespaces().withName("sample").waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    }

    private void cleanUp() {
        clusters.parallelStream().forEach(cluster -> new CleanUp(cluster, Carried.MESH).run());
    }

    @SuppressWarnings("SystemOut")
    private static void tell(String line) {
        System.out.println(line);
    }
}
