package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Is every control plane in sync with every cluster that it must watch? Asks each Ready istiod of the mesh's revision,
 * because each has its own view. Does not use the metric {@code istiod_remote_cluster_sync_status}, which is wrong in 1.29
 * and 1.30.
 */
@Component
final class ControlPlanesSynced {

    private static final String NAMESPACE = "istio-system";
    private static final String APP = "istiod";

    private final Clusters clusters;

    ControlPlanesSynced(Clusters clusters) {
        this.clusters = clusters;
    }

    /** One check of all primaries in parallel. */
    ControlPlaneReport read(Mesh mesh) {
        return read(mesh, mesh.primaryClusters());
    }

    /** The same for some of the primaries. */
    ControlPlaneReport read(Mesh mesh, List<ClusterName> primaries) {
        return new ControlPlaneReport(clusters.inEach(
                primaries, cluster -> view(cluster, pods(mesh), targets(mesh, cluster.name()))));
    }

    /** Whether no control plane outside of these clusters lists one of them; one that may not be asked does not count. */
    boolean forgot(Mesh mesh, Collection<ClusterName> gone) {
        List<ClusterName> readers = mesh.primaryClusters().stream()
                .filter(reader -> !gone.contains(reader))
                .toList();
        List<Member> targets = mesh.members().stream()
                .filter(member -> gone.contains(member.cluster()))
                .toList();
        return clusters.inEach(readers, cluster -> view(cluster, pods(mesh), targets)).values().stream()
                .flatMap(view -> view.replicas().values().stream())
                .flatMap(replica -> replica.values().stream())
                .allMatch(Clusterz.MISSING::equals);
    }

    /** A metric of each Ready istiod, by pod; empty for one that does not tell it. */
    SortedMap<String, IstiodMetric> metric(Mesh mesh, ClusterName primary, String name) {
        Cluster cluster = clusters.get(primary);
        SortedMap<String, IstiodMetric> found = new TreeMap<>();
        for (Pod pod : ReadyPods.of(cluster, NAMESPACE, pods(mesh))) {
            String body = cluster.get(NAMESPACE, pod.getMetadata().getName(), IstiodMetric.PORT, IstiodMetric.PATH);
            found.put(
                    pod.getMetadata().getName(),
                    IstiodMetric.read(name, body, pod.getMetadata().getCreationTimestamp()));
        }
        return found;
    }

    /** What each primary's istiods know of the endpoints, the least that one of them does; once, of all in parallel. */
    EndpointReport endpoints(Mesh mesh) {
        SortedMap<ClusterName, SortedMap<ClusterName, EndpointCount>> readers = new TreeMap<>();
        clusters.inEach(mesh.primaryClusters(), cluster -> endpoints(mesh, cluster))
                .forEach((reader, counts) -> {
                    if (!counts.isEmpty()) {
                        readers.put(reader, counts);
                    }
                });
        return new EndpointReport(readers);
    }

    private static SortedMap<ClusterName, EndpointCount> endpoints(Mesh mesh, Cluster cluster) {
        List<Member> known = mesh.staying().stream()
                .filter(target -> target.cluster().equals(cluster.name())
                        || mesh.readersOf(target.cluster()).contains(cluster.name()))
                .toList();
        SortedMap<ClusterName, EndpointCount> least = new TreeMap<>();
        try {
            for (Pod pod : ReadyPods.of(cluster, NAMESPACE, pods(mesh))) {
                String body = cluster.get(NAMESPACE, pod.getMetadata().getName(), Clusterz.PORT, EndpointShards.PATH);
                EndpointShards.parse(cluster.name(), body)
                        .of(known)
                        .forEach((target, count) -> least.merge(target, count, EndpointCount::least));
            }
        } catch (StepFailed failure) {
            var unused = PermissionDenied.reason(failure);
            return new TreeMap<>();
        }
        return least;
    }

    private static List<Member> targets(Mesh mesh, ClusterName reader) {
        return mesh.staying().stream()
                .filter(target -> mesh.readersOf(target.cluster()).contains(reader))
                .toList();
    }

    /** The labels of istiod's pods; without a revision it is {@code default}. */
    private static Map<String, String> pods(Mesh mesh) {
        return Map.of(
                "app",
                APP,
                "istio.io/rev",
                mesh.revision().isNamed() ? mesh.revision().value() : "default");
    }

    private static ControlPlaneView view(Cluster cluster, Map<String, String> pods, List<Member> members) {
        List<ClusterName> targets = members.stream().map(Member::cluster).toList();
        try {
            return new ControlPlaneView(targets, replicas(cluster, pods, members), null);
        } catch (StepFailed failure) {
            return new ControlPlaneView(targets, new TreeMap<>(), PermissionDenied.reason(failure));
        }
    }

    private static SortedMap<String, SortedMap<ClusterName, String>> replicas(
            Cluster cluster, Map<String, String> pods, List<Member> targets) {
        SortedMap<String, SortedMap<ClusterName, String>> seen = new TreeMap<>();
        for (Pod pod : ReadyPods.of(cluster, NAMESPACE, pods)) {
            String name = pod.getMetadata().getName();
            String body = cluster.get(NAMESPACE, name, Clusterz.PORT, Clusterz.PATH);
            seen.put(name, Clusterz.parse(cluster.name(), body).of(targets));
        }
        return seen;
    }
}
