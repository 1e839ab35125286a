package io.meshspan.workload;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pods of a cluster that have a proxy, of whatever mesh and revision, with the workloads that they belong to.
 *
 * @param workloads by namespace and name, gateways included
 * @param otherPods pods of no Deployment, StatefulSet or DaemonSet, such as those of Jobs: Meshspan does not restart them
 */
public record ProxiedWorkloads(List<Workload> workloads, List<OtherPod> otherPods) {

    private static final String STATUS = "sidecar.istio.io/status";

    public ProxiedWorkloads {
        workloads = List.copyOf(workloads);
        otherPods = List.copyOf(otherPods);
    }

    /**
     * A workload that has pods with a proxy.
     *
     * @param oldest when the oldest of them was created
     * @param restartedAt the annotation of {@code kubectl rollout restart} in its pod template
     */
    public record Workload(ObjectRef object, Instant oldest, Optional<String> restartedAt, RestartStrategy strategy) {}

    /** A pod with a proxy that belongs to no workload. */
    public record OtherPod(ObjectRef pod, Instant created) {}

    /** The namespaces that have pods with a proxy. */
    public List<String> namespaces() {
        return Stream.concat(
                        workloads.stream().map(Workload::object),
                        otherPods.stream().map(OtherPod::pod))
                .map(object -> String.valueOf(object.namespace()))
                .distinct()
                .sorted()
                .toList();
    }

    /** All pods with a proxy that are not being deleted. */
    public static List<FoundObject> pods(Cluster cluster) {
        return cluster.found("v1", "Pod", Map.of()).stream()
                .filter(pod -> pod.annotations().containsKey(STATUS) && !pod.leaving())
                .toList();
    }

    public static ProxiedWorkloads in(Cluster cluster) {
        List<FoundObject> pods = pods(cluster);
        Map<ObjectRef, ObjectMeta> metadata =
                cluster.metadata(pods.stream().map(FoundObject::object).toList());
        Map<String, List<FoundObject>> byNamespace = pods.stream()
                .collect(
                        Collectors.groupingBy(pod -> String.valueOf(pod.object().namespace())));
        List<Workload> workloads = new ArrayList<>();
        List<OtherPod> otherPods = new ArrayList<>();
        byNamespace.forEach((namespace, here) -> {
            List<FoundObject> left = new ArrayList<>(here);
            RestartableWorkload.in(cluster, namespace).forEach(workload -> {
                List<FoundObject> own = left.stream()
                        .filter(pod -> workload.selects(pod.labels()))
                        .toList();
                oldest(own, metadata)
                        .ifPresent(age -> workloads.add(
                                new Workload(workload.object(), age, workload.restartedAt(), workload.strategy())));
                left.removeAll(own);
            });
            left.forEach(pod ->
                    oldest(List.of(pod), metadata).ifPresent(age -> otherPods.add(new OtherPod(pod.object(), age))));
        });
        workloads.sort(Comparator.comparing(workload -> workload.object().toString()));
        otherPods.sort(Comparator.comparing(pod -> pod.pod().toString()));
        return new ProxiedWorkloads(workloads, otherPods);
    }

    /** Empty if all of them are gone by now. */
    private static Optional<Instant> oldest(Collection<FoundObject> pods, Map<ObjectRef, ObjectMeta> metadata) {
        return pods.stream()
                .flatMap(pod -> Stream.ofNullable(metadata.get(pod.object())))
                .flatMap(meta -> Stream.ofNullable(meta.getCreationTimestamp()))
                .map(Instant::parse)
                .min(Comparator.naturalOrder());
    }
}
