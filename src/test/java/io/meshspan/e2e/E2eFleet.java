package io.meshspan.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The given clusters and the application that runs on them, shared by the tests of a class. */
final class E2eFleet implements AutoCloseable {

    /** Marks what the suite may remove again. */
    static final String MESH = "meshspan-e2e";

    private final Settings settings;
    private final List<LiveCluster> clusters;
    private final E2eApplication e2eApplication;

    private E2eFleet(Settings settings, Map<String, String> more) {
        this.settings = settings;
        this.clusters = settings.contexts().stream()
                .map(context -> LiveCluster.of(settings, context))
                .toList();
        this.e2eApplication = E2eApplication.start(settings, more);
    }

    static E2eFleet start() {
        return start(Map.of());
    }

    /** @param more properties of the application */
    static E2eFleet start(Map<String, String> more) {
        return new E2eFleet(Settings.read(), more);
    }

    List<String> versions() {
        return settings.versions();
    }

    LiveCluster first() {
        return clusters.get(0);
    }

    /** The one that tests break. */
    LiveCluster last() {
        return clusters.get(clusters.size() - 1);
    }

    E2eApplication application() {
        return e2eApplication;
    }

    E2eChange request(String version) {
        return E2eChange.request(e2eApplication, settings, MESH, version);
    }

    /** @param more fields besides mesh, version, clusters and reason */
    E2eChange request(String process, String version, List<String> contexts, Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.putAll(Map.of("meshId", MESH, "istioVersion", version, "clusters", String.join(",", contexts)));
        inputs.put("reason", "end-to-end test");
        return E2eChange.request(e2eApplication, process, MESH, inputs);
    }

    /** A change of the mesh as it is declared. */
    E2eChange requestDeclared(String process, Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.putAll(Map.of("mesh", MESH, "reason", "end-to-end test"));
        return E2eChange.request(e2eApplication, process, MESH, inputs);
    }

    /** A change of the mesh that nobody requests. */
    E2eChange startedBySchedule(String process) {
        return E2eChange.startedBySchedule(e2eApplication, process, MESH);
    }

    List<String> contexts() {
        return settings.contexts();
    }

    List<LiveCluster> clusters() {
        return clusters;
    }

    /** A mesh from nothing to its verified end. */
    E2eChange install(String version) {
        E2eChange e2eChange = request(version);
        e2eChange.approve();
        e2eChange.end();
        return e2eChange;
    }

    void restartIstiods() {
        clusters.parallelStream().forEach(LiveCluster::restartIstiod);
    }

    List<Footprint> footprints() {
        return clusters.stream().map(Footprint::of).toList();
    }

    /** Whatever they wait for. */
    void endAllChanges() {
        Rest admin = e2eApplication.as("admin");
        admin.get("/process-instance?rootProcessInstances=true")
                .forEach(found ->
                        admin.delete("/process-instance/" + found.path("id").asText()));
    }

    void cleanUp() {
        clusters.parallelStream().forEach(cluster -> new CleanUp(cluster, MESH).run());
    }

    @Override
    public void close() {
        e2eApplication.close();
        clusters.forEach(LiveCluster::close);
    }
}
