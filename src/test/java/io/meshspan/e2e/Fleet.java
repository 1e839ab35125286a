package io.meshspan.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The given clusters and the application that runs on them, shared by the tests of a class. */
final class Fleet implements AutoCloseable {

    /** Marks what the suite may remove again. */
    static final String MESH = "meshspan-e2e";

    private final Settings settings;
    private final List<LiveCluster> clusters;
    private final Application application;

    private Fleet(Settings settings, Map<String, String> more) {
        this.settings = settings;
        this.clusters = settings.contexts().stream()
                .map(context -> LiveCluster.of(settings, context))
                .toList();
        this.application = Application.start(settings, more);
    }

    static Fleet start() {
        return start(Map.of());
    }

    /** @param more properties of the application */
    static Fleet start(Map<String, String> more) {
        return new Fleet(Settings.read(), more);
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

    Application application() {
        return application;
    }

    Change request(String version) {
        return Change.request(application, settings, MESH, version);
    }

    /** @param more fields besides mesh, version, clusters and reason */
    Change request(String process, String version, List<String> contexts, Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.putAll(Map.of("meshId", MESH, "istioVersion", version, "clusters", String.join(",", contexts)));
        inputs.put("reason", "end-to-end test");
        return Change.request(application, process, MESH, inputs);
    }

    List<String> contexts() {
        return settings.contexts();
    }

    List<LiveCluster> clusters() {
        return clusters;
    }

    /** A mesh from nothing to its verified end. */
    Change install(String version) {
        Change change = request(version);
        change.approve();
        change.end();
        return change;
    }

    void restartIstiods() {
        clusters.parallelStream().forEach(LiveCluster::restartIstiod);
    }

    List<Footprint> footprints() {
        return clusters.stream().map(Footprint::of).toList();
    }

    /** Whatever they wait for. */
    void endAllChanges() {
        Rest admin = application.as("admin");
        admin.get("/process-instance?rootProcessInstances=true")
                .forEach(found ->
                        admin.delete("/process-instance/" + found.path("id").asText()));
    }

    void cleanUp() {
        clusters.parallelStream().forEach(cluster -> new CleanUp(cluster, MESH).run());
    }

    @Override
    public void close() {
        application.close();
        clusters.forEach(LiveCluster::close);
    }
}
