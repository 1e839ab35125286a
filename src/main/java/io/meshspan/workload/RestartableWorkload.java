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
import io.meshspan.kubernetes.ObjectRef;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment, StatefulSet or DaemonSet.
 *
 * @param selector the labels by which it finds its pods
 * @param podLabels the labels in its pod template
 * @param restartedAt the annotation of {@code kubectl rollout restart} in its pod template
 */
public record RestartableWorkload(
        ObjectRef object,
        Map<String, String> selector,
        Map<String, String> podLabels,
        Optional<String> restartedAt,
        RestartStrategy strategy) {

    public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    public RestartableWorkload {
        selector = Map.copyOf(selector);
        podLabels = Map.copyOf(podLabels);
    }

    public static Stream<RestartableWorkload> in(Cluster cluster, String namespace) {
        return Stream.of(
                        cluster.list(Deployment.class, namespace, Map.of()).stream()
                                .map(RestartableWorkload::of),
                        cluster.list(StatefulSet.class, namespace, Map.of()).stream()
                                .map(RestartableWorkload::of),
                        cluster.list(DaemonSet.class, namespace, Map.of()).stream()
                                .map(RestartableWorkload::of))
                .flatMap(workloads -> workloads);
    }

    private static RestartableWorkload of(Deployment deployment) {
        var spec = deployment.getSpec();
        return of(deployment, spec.getSelector(), spec.getTemplate(), RestartStrategy.of(deployment));
    }

    private static RestartableWorkload of(StatefulSet set) {
        return of(set, set.getSpec().getSelector(), set.getSpec().getTemplate(), RestartStrategy.of(set));
    }

    private static RestartableWorkload of(DaemonSet set) {
        return of(set, set.getSpec().getSelector(), set.getSpec().getTemplate(), RestartStrategy.of(set));
    }

    private static RestartableWorkload of(
            HasMetadata workload,
            @Nullable LabelSelector selector,
            PodTemplateSpec template,
            RestartStrategy strategy) {
        ObjectMeta metadata = Objects.requireNonNullElseGet(template.getMetadata(), ObjectMeta::new);
        return new RestartableWorkload(
                new ObjectRef(
                        "apps/v1",
                        workload.getKind(),
                        workload.getMetadata().getNamespace(),
                        workload.getMetadata().getName()),
                orEmpty(selector == null ? null : selector.getMatchLabels()),
                orEmpty(metadata.getLabels()),
                Optional.ofNullable(orEmpty(metadata.getAnnotations()).get(RESTARTED_AT)),
                strategy);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }

    /** Whether a pod with these labels belongs to it. */
    public boolean selects(Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    /**
     * Replaces the pods of a workload as {@code kubectl rollout restart} does; its own strategy limits how many are missing
     * meanwhile.
     *
     * @param at the value of the annotation; pods that were started with the same value stay
     */
    public static AppliedObject restart(Cluster cluster, ObjectRef workload, String at) {
        return cluster.merge(
                workload,
                Map.of(
                        "spec",
                        Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(RESTARTED_AT, at))))));
    }
}
