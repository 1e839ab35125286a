package io.meshspan.rollout;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has the last rollout of a workload completed? The rule of {@code kubectl rollout status}. */
public final class RolloutComplete {

    private RolloutComplete() {}

    /** Of a Deployment, StatefulSet or DaemonSet. A deleted workload has no rollout to wait for. */
    public static boolean in(Cluster cluster, ObjectRef workload) {
        String namespace = workload.namespace();
        String name = workload.name();
        return switch (workload.kind()) {
            case "StatefulSet" ->
                cluster.find(StatefulSet.class, namespace, name)
                        .map(RolloutComplete::test)
                        .orElse(true);
            case "DaemonSet" ->
                cluster.find(DaemonSet.class, namespace, name)
                        .map(RolloutComplete::test)
                        .orElse(true);
            default ->
                cluster.find(Deployment.class, namespace, name)
                        .map(RolloutComplete::test)
                        .orElse(true);
        };
    }

    public static boolean test(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return false;
        }
        int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return status.getObservedGeneration() >= deployment.getMetadata().getGeneration()
                && count(status.getUpdatedReplicas()) >= wanted
                && count(status.getReplicas()) == count(status.getUpdatedReplicas())
                && count(status.getAvailableReplicas()) >= wanted;
    }

    public static boolean test(StatefulSet set) {
        StatefulSetStatus status = set.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return false;
        }
        int wanted = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        return status.getObservedGeneration() >= set.getMetadata().getGeneration()
                && count(status.getUpdatedReplicas()) >= wanted
                && count(status.getReadyReplicas()) >= wanted;
    }

    public static boolean test(DaemonSet set) {
        DaemonSetStatus status = set.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return false;
        }
        int wanted = count(status.getDesiredNumberScheduled());
        return status.getObservedGeneration() >= set.getMetadata().getGeneration()
                && count(status.getUpdatedNumberScheduled()) >= wanted
                && count(status.getNumberAvailable()) >= wanted;
    }

    private static int count(@Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }
}
