package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Meshspan has left in a cluster, and in which state: equal before and after means that nothing was written in
 * between. Where a controller writes a status, the resource version moves by itself; there the generation and the time
 * at which Meshspan last wrote stand for it.
 */
record Footprint(SortedMap<String, String> states) {

    private static final String MESHSPAN = "meshspan";

    static Footprint of(LiveCluster cluster) {
        SortedMap<String, String> states = new TreeMap<>();
        Stream.of(ObjectKind.NAMESPACED.stream(), ObjectKind.CLUSTER_WIDE.stream(), Stream.of(ObjectKind.DEFINITION))
                .flatMap(kinds -> kinds)
                .forEach(kind -> cluster.members(kind).forEach(found -> put(states, found, kind.still())));
        unlabelled(cluster).forEach(found -> put(states, found, true));
        return new Footprint(states);
    }

    private static Stream<HasMetadata> unlabelled(LiveCluster cluster) {
        return Stream.<HasMetadata>of(
                        cluster.client()
                                .namespaces()
                                .withName(LiveCluster.ISTIO_SYSTEM)
                                .get(),
                        cluster.client()
                                .secrets()
                                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                                .withName("cacerts")
                                .get())
                .filter(Objects::nonNull);
    }

    private static void put(SortedMap<String, String> states, HasMetadata object, boolean still) {
        ObjectMeta metadata = object.getMetadata();
        String state = still ? metadata.getResourceVersion() : metadata.getGeneration() + " " + written(metadata);
        states.put(
                "%s %s/%s".formatted(object.getKind(), metadata.getNamespace(), metadata.getName()),
                metadata.getUid() + " " + state);
    }

    private static String written(ObjectMeta metadata) {
        return metadata.getManagedFields().stream()
                .filter(entry -> MESHSPAN.equals(entry.getManager()))
                .map(entry -> Objects.toString(entry.getTime()))
                .toList()
                .toString();
    }
}
