package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of all objects in a cluster, whoever made them, but for what the cluster itself makes and forgets. */
record Stock(SortedSet<String> names) {

    private static final List<String> VERSIONS = List.of(
            "v1",
            "apps/v1",
            "autoscaling/v2",
            "policy/v1",
            "rbac.authorization.k8s.io/v1",
            "admissionregistration.k8s.io/v1",
            "apiextensions.k8s.io/v1",
            "networking.istio.io/v1",
            "security.istio.io/v1");
    private static final Set<String> PASSING = Set.of("Event", "Node", "Pod", "ReplicaSet", "ControllerRevision");

    static Stock of(LiveCluster cluster) {
        SortedSet<String> names = new TreeSet<>();
        VERSIONS.forEach(version -> kinds(cluster, version)
                .flatMap(kind -> objects(cluster, version, kind.getKind()))
                .filter(found -> found.getMetadata().getOwnerReferences().isEmpty())
                .forEach(found -> names.add(name(found))));
        return new Stock(names);
    }

    private static Stream<APIResource> kinds(LiveCluster cluster, String version) {
        var resources = cluster.client().getApiResources(version);
        return resources == null
                ? Stream.empty()
                : resources.getResources().stream()
                        .filter(kind -> kind.getVerbs().containsAll(List.of("list", "delete")))
                        .filter(kind -> !PASSING.contains(kind.getKind()));
    }

    private static Stream<GenericKubernetesResource> objects(LiveCluster cluster, String version, String kind) {
        return cluster.client().genericKubernetesResources(version, kind).inAnyNamespace().list().getItems().stream();
    }

    private static String name(GenericKubernetesResource found) {
        var metadata = found.getMetadata();
        return "%s %s/%s".formatted(found.getKind(), metadata.getNamespace(), metadata.getName());
    }
}
