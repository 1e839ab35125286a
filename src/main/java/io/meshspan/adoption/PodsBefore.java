package io.meshspan.adoption;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordJson;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * The pods of istiod and of the gateways before an adoption, by UID, and whether they are the same after it. Nothing else that an
 * adoption writes can restart a pod. A Deployment whose generation has not moved has the pod template that it had.
 */
@Component
public final class PodsBefore {

    /** The subject of the record. */
    public static final String SUBJECT = "pods before the adoption";

    private final Changes changes;
    private final Clusters clusters;

    PodsBefore(Changes changes, Clusters clusters) {
        this.changes = changes;
        this.clusters = clusters;
    }

    /**
     * The pods and Deployments of one cluster.
     *
     * @param pods the UID of each pod, by namespace and name
     * @param generations the generation of each Deployment, which a change of its pod template raises
     */
    public record Workloads(SortedMap<String, String> pods, SortedMap<String, Long> generations) {}

    /**
     * How two readings compare.
     *
     * @param restarted Deployments with another pod template than before
     * @param other pods that are gone or new although no pod template changed: evicted, scaled
     */
    public record Comparison(List<String> restarted, List<String> other, int same) {

        public String inWords() {
            String words = "%d pods of istiod and the gateways have the UIDs that they had before".formatted(same);
            return other.isEmpty()
                    ? words
                    : words + "; created or deleted meanwhile, with the same pod templates: "
                            + String.join(", ", other);
        }
    }

    /** Records the current pods, unless an earlier attempt did: later ones could have restarted. */
    public Optional<SortedMap<ClusterName, Workloads>> first(String change, Mesh mesh) {
        return recorded(change).isPresent() ? Optional.empty() : Optional.of(now(mesh));
    }

    private Optional<Map<String, Workloads>> recorded(String change) {
        return changes.last(change, SUBJECT)
                .map(AuditRecord::data)
                .map(data -> RecordJson.read(data, new TypeReference<Map<String, Workloads>>() {}));
    }

    private SortedMap<ClusterName, Workloads> now(Mesh mesh) {
        Set<String> namespaces = new TreeSet<>(Set.of(Mesh.ISTIO_NAMESPACE));
        namespaces.add(mesh.namespaceOfGateways());
        return clusters.inEach(mesh.clusters(), cluster -> read(cluster, namespaces));
    }

    private static Workloads read(Cluster cluster, Set<String> namespaces) {
        SortedMap<String, String> pods = new TreeMap<>();
        SortedMap<String, Long> generations = new TreeMap<>();
        for (String namespace : namespaces) {
            cluster.list(Pod.class, namespace, Map.of())
                    .forEach(pod -> pods.put(
                            namespace + "/" + pod.getMetadata().getName(),
                            pod.getMetadata().getUid()));
            cluster.list(Deployment.class, namespace, Map.of())
                    .forEach(deployment -> generations.put(
                            namespace + "/" + deployment.getMetadata().getName(),
                            deployment.getMetadata().getGeneration()));
        }
        return new Workloads(pods, generations);
    }

    /** Compares the pods now with those on record. */
    public Comparison compare(String change, Mesh mesh) {
        Map<String, Workloads> before = recorded(change).orElse(Map.of());
        List<String> restarted = new ArrayList<>();
        List<String> other = new ArrayList<>();
        int same = 0;
        for (Map.Entry<ClusterName, Workloads> cluster : now(mesh).entrySet()) {
            Workloads now = cluster.getValue();
            Workloads then = before.getOrDefault(cluster.getKey().value(), now);
            then.generations().forEach((name, generation) -> {
                if (!generation.equals(now.generations().get(name))) {
                    restarted.add("%s, Deployment %s".formatted(cluster.getKey(), name));
                }
            });
            Set<String> names = new TreeSet<>(then.pods().keySet());
            names.addAll(now.pods().keySet());
            for (String name : names) {
                String uid = then.pods().getOrDefault(name, "");
                if (uid.equals(now.pods().get(name))) {
                    same++;
                } else {
                    other.add("%s, Pod %s".formatted(cluster.getKey(), name));
                }
            }
        }
        return new Comparison(restarted, other, same);
    }
}
