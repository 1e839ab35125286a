package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Cluster.ServerVersion;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Member;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the checks see it. Each kind of object is read once, when the first check needs it. Objects that may not be
 * read look absent, and are noted so that the result can say so.
 */
final class ClusterSnapshot {

    private final Cluster cluster;
    private final Member member;
    private final ServerVersion serverVersion;
    private final Map<String, List<? extends HasMetadata>> seen = new ConcurrentHashMap<>();
    private final Set<String> hidden = new ConcurrentSkipListSet<>();

    private ClusterSnapshot(Cluster cluster, Member member, ServerVersion serverVersion) {
        this.cluster = cluster;
        this.member = member;
        this.serverVersion = serverVersion;
    }

    /**
     * @throws io.meshspan.finding.TransientException if the API server does not answer
     * @throws StepFailed if it refuses access
     */
    static ClusterSnapshot of(Cluster cluster, Member member) {
        return new ClusterSnapshot(cluster, member, cluster.serverVersion());
    }

    Cluster cluster() {
        return cluster;
    }

    Member member() {
        return member;
    }

    ServerVersion serverVersion() {
        return serverVersion;
    }

    /** The name of the cluster in findings. */
    String where() {
        return member.cluster().value();
    }

    <T extends HasMetadata> List<T> inIstioSystem(Class<T> type) {
        return list(type, IstioNamespace.NAME, Map.of());
    }

    <T extends HasMetadata> List<T> in(String namespace, Class<T> type) {
        return list(type, namespace, Map.of());
    }

    <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return list(type, namespace, Map.<String, String>of()).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    <T extends HasMetadata> List<T> anywhere(Class<T> type, Map<String, String> labels) {
        return list(type, null, labels);
    }

    <T extends HasMetadata> List<T> anywhere(Class<T> type) {
        return list(type, null, Map.of());
    }

    /** The kinds that the checks could not see, because this service may not list them. */
    Set<String> hidden() {
        return hidden;
    }

    /** The live objects among these, with metadata only. */
    List<HasMetadata> metadata(Collection<ObjectRef> objects) {
        try {
            return cluster.metadata(objects).entrySet().stream()
                    .<HasMetadata>map(found -> {
                        GenericKubernetesResource object = found.getKey().reference();
                        object.setMetadata(found.getValue());
                        return object;
                    })
                    .toList();
        } catch (StepFailed e) {
            if (e.code() != FailureCode.DENIED) {
                throw e;
            }
            hidden.add("list the objects that this change writes");
            return List.of();
        }
    }

    private <T extends HasMetadata> List<T> list(
            Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        String key = "%s in %s with %s".formatted(type.getName(), namespace, labels);
        return seen.computeIfAbsent(key, first -> read(type, namespace, labels)).stream()
                .map(type::cast)
                .toList();
    }

    private <T extends HasMetadata> List<T> read(
            Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        try {
            return cluster.list(type, namespace, labels);
        } catch (StepFailed e) {
            if (e.code() != FailureCode.DENIED) {
                throw e;
            }
            String plural = HasMetadata.getFullResourceName(type);
            hidden.add(namespace == null ? "list " + plural : "list %s in %s".formatted(plural, namespace));
            return List.of();
        }
    }
}
