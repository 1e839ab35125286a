package io.meshspan.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a cluster that have a proxy, of whatever mesh and revision, with the workloads that they belong to.
 *
 * @param workloads by namespace and name, gateways included
 * @param loose pods of no Deployment, StatefulSet or DaemonSet; nobody restarts them
 */
public record ProxiedWorkloads(List<Workload> workloads, List<Loose> loose) {

    private static final String STATUS = "sidecar.istio.io/status";
    private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

    public ProxiedWorkloads {
        workloads = List.copyOf(workloads);
        loose = List.copyOf(loose);
    }

    /**
     * A workload that has pods with a proxy.
     *
     * @param oldest when the oldest of them was created
     * @param restartedAt the annotation of {@code kubectl rollout restart} in its pod template
     */
    public record Workload(ObjectRef object, Instant oldest, Optional<String> restartedAt, RestartStrategy strategy) {

        /** Restarts its pods as {@code kubectl rollout restart} does; its own strategy limits how many are missing meanwhile. */
        public AppliedObject restart(Cluster cluster, String at) {
            return cluster.merge(
                    object,
                    Map.of(
                            "spec",
                            Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(RESTARTED, at))))));
        }
    }

    /** A pod with a proxy that belongs to no workload. */
    public record Loose(ObjectRef pod, Instant created) {}

    /** The namespaces that have pods with a proxy. */
    public List<String> namespaces() {
        return Stream.concat(
                        workloads.stream().map(Workload::object), loose.stream().map(Loose::pod))
                .map(object -> String.valueOf(object.namespace()))
                .distinct()
                .sorted()
                .toList();
    }

    public static ProxiedWorkloads in(Cluster cluster) {
        List<FoundObject> pods = cluster.found("v1", "Pod", Map.of()).stream()
                .filter(pod -> pod.annotations().containsKey(STATUS) && !pod.leaving())
                .toList();
        Map<ObjectRef, ObjectMeta> metadata =
                cluster.metadata(pods.stream().map(FoundObject::object).toList());
        Map<String, List<FoundObject>> byNamespace = pods.stream()
                .collect(
                        Collectors.groupingBy(pod -> String.valueOf(pod.object().namespace())));
        List<Workload> workloads = new ArrayList<>();
        List<Loose> loose = new ArrayList<>();
        byNamespace.forEach((namespace, here) -> {
            List<FoundObject> left = new ArrayList<>(here);
            templates(cluster, namespace).forEach(template -> {
                List<FoundObject> own = left.stream()
                        .filter(pod -> template.selects(pod.labels()))
                        .toList();
                oldest(own, metadata)
                        .ifPresent(age -> workloads.add(
                                new Workload(template.object(), age, template.restartedAt(), template.strategy())));
                left.removeAll(own);
            });
            left.forEach(pod ->
                    oldest(List.of(pod), metadata).ifPresent(age -> loose.add(new Loose(pod.object(), age))));
        });
        workloads.sort(Comparator.comparing(workload -> workload.object().toString()));
        loose.sort(Comparator.comparing(pod -> pod.pod().toString()));
        return new ProxiedWorkloads(workloads, loose);
    }

    /** Empty if all of them are gone by now. */
    private static Optional<Instant> oldest(Collection<FoundObject> pods, Map<ObjectRef, ObjectMeta> metadata) {
        return pods.stream()
                .flatMap(pod -> Stream.ofNullable(metadata.get(pod.object())))
                .flatMap(meta -> Stream.ofNullable(meta.getCreationTimestamp()))
                .map(Instant::parse)
                .min(Comparator.naturalOrder());
    }

    private static Stream<Template> templates(Cluster cluster, String namespace) {
        return Stream.of(
                        cluster.list(Deployment.class, namespace, Map.of()).stream()
                                .map(each -> template(
                                        each,
                                        each.getSpec().getSelector(),
                                        each.getSpec().getTemplate(),
                                        RestartStrategy.of(each))),
                        cluster.list(StatefulSet.class, namespace, Map.of()).stream()
                                .map(each -> template(
                                        each,
                                        each.getSpec().getSelector(),
                                        each.getSpec().getTemplate(),
                                        RestartStrategy.of(each))),
                        cluster.list(DaemonSet.class, namespace, Map.of()).stream()
                                .map(each -> template(
                                        each,
                                        each.getSpec().getSelector(),
                                        each.getSpec().getTemplate(),
                                        RestartStrategy.of(each))))
                .flatMap(each -> each);
    }

    private static Template template(
            HasMetadata workload,
            @Nullable LabelSelector selector,
            PodTemplateSpec template,
            RestartStrategy strategy) {
        ObjectMeta metadata = template.getMetadata();
        Map<String, String> marks =
                metadata == null || metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        return new Template(
                new ObjectRef(
                        "apps/v1",
                        workload.getKind(),
                        workload.getMetadata().getNamespace(),
                        workload.getMetadata().getName()),
                selector == null || selector.getMatchLabels() == null
                        ? Map.of()
                        : new HashMap<>(selector.getMatchLabels()),
                Optional.ofNullable(marks.get(RESTARTED)),
                strategy);
    }

    private record Template(
            ObjectRef object, Map<String, String> selector, Optional<String> restartedAt, RestartStrategy strategy) {

        boolean selects(Map<String, String> labels) {
            return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
        }
    }
}
