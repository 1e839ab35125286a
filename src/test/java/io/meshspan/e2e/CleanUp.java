package io.meshspan.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Takes the mesh of an earlier test out of a cluster; custom resource definitions stay, unless told otherwise. A mesh that the suite did not
 * make is never touched.
 */
final class CleanUp {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LiveCluster cluster;
    private final String mesh;

    CleanUp(LiveCluster cluster, String mesh) {
        this.cluster = cluster;
        this.mesh = mesh;
    }

    void run() {
        Resource<Namespace> istioSystem = namespace(LiveCluster.ISTIO_SYSTEM);
        Resource<Namespace> sample = namespace("sample");
        if (istioSystem.get() != null) {
            requireOurs();
            ObjectKind.CLUSTER_WIDE.forEach(this::delete);
            istioSystem.delete();
        }
        if (labelled(sample.get())) {
            sample.delete();
        }
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> istioSystem.get() == null && !labelled(sample.get()));
        leftByIstiod();
        if (GivenObjects.REMOVE_DEFINITIONS.text().filter("true"::equals).isPresent()) {
            delete(ObjectKind.DEFINITION);
            await().atMost(LIMIT)
                    .until(() ->
                            cluster.members(ObjectKind.DEFINITION).findAny().isEmpty());
        }
    }

    /** Its root certificate in every namespace outlives it, and would count as something that was there before. */
    private void leftByIstiod() {
        if (namespace(LiveCluster.ISTIO_SYSTEM).get() == null) {
            cluster.client()
                    .configMaps()
                    .inAnyNamespace()
                    .withLabel("istio.io/config", "true")
                    .delete();
        }
    }

    private void delete(ObjectKind objectKind) {
        cluster.members(objectKind)
                .forEach(found -> cluster.client().resource(found).delete());
    }

    private void requireOurs() {
        String parent = "meshspan-" + mesh;
        if (cluster.client()
                        .configMaps()
                        .inNamespace(LiveCluster.ISTIO_SYSTEM)
                        .withName(parent)
                        .get()
                == null) {
            throw new IllegalStateException(
                    "%s: namespace istio-system has no ConfigMap %s, so it is not this suite's; use clusters without Istio"
                            .formatted(cluster.name(), parent));
        }
    }

    private Resource<Namespace> namespace(String name) {
        return cluster.client().namespaces().withName(name);
    }

    private static boolean labelled(@org.jspecify.annotations.Nullable Namespace found) {
        return found != null
                && "meshspan"
                        .equals(Objects.requireNonNullElse(found.getMetadata().getLabels(), Map.<String, String>of())
                                .get("app.kubernetes.io/managed-by"));
    }
}
