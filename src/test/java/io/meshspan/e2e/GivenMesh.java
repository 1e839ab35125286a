package io.meshspan.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshspan.sandbox.InstalledMesh;
import io.meshspan.sandbox.InstalledMesh.Place;
import io.meshspan.sandbox.InstalledMesh.Tool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A mesh that another tool made, for an adoption, and how it looks afterwards. */
final class GivenMesh {

    private GivenMesh() {}

    /** By Helm's charts, with settings of a company. */
    static void byHelm(E2eFleet fleet, String version, List<String> primaries, List<String> remotes) {
        new InstalledMesh(places(fleet), charts(version), E2eFleet.MESH, Tool.HELM, primaries, remotes)
                .with("istiod", "global.tag", version)
                .with("istiod", "autoscaleMin", 1)
                .with("gateway", "service.annotations.team", "mesh")
                .install();
    }

    /** Meshspan leaves the namespace: it did not make it. */
    static void removeNamespace(E2eFleet fleet) {
        fleet.clusters().forEach(cluster -> {
            Resource<Namespace> system = cluster.client().namespaces().withName(LiveCluster.ISTIO_SYSTEM);
            system.delete();
            system.waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
        });
    }

    /** As soon as the change has given its clusters back. */
    static JsonNode awaitDrift(E2eFleet fleet) {
        Rest olivia = fleet.application().pipelineOf("olivia");
        return await().atMost(2, TimeUnit.MINUTES)
                .pollInterval(1, TimeUnit.SECONDS)
                .until(
                        () -> olivia.post("/v1/meshes/%s/drift".formatted(E2eFleet.MESH), Map.of()),
                        check -> !check.path("checkedAt").asText("").isEmpty());
    }

    private static Path charts(String version) {
        String charts = GivenObjects.CHARTS.text().orElse("");
        Assumptions.assumeTrue(
                charts.contains("{version}"),
                "skipped, for it renders the charts of -D" + GivenObjects.CHARTS.property());
        return Path.of(charts.replace("{version}", version));
    }

    private static Map<String, Place> places(E2eFleet fleet) {
        Map<String, Place> places = new HashMap<>();
        Settings.read()
                .clusters()
                .forEach(given -> fleet.clusters().stream()
                        .filter(live -> live.name().equals(given.context()))
                        .forEach(live -> places.put(
                                live.name(),
                                new Place(
                                        live.client(),
                                        given.network(),
                                        given.apiServer()
                                                .orElseGet(() -> live.client()
                                                        .getConfiguration()
                                                        .getMasterUrl())))));
        return places;
    }
}
