package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.rollout.RolloutComplete;

/** Whether a workload's pods are all of its newest template. One that is gone has none of another. */
public final class RolledOut {

    private RolledOut() {}

    public static boolean test(Cluster cluster, ObjectRef workload) {
        String namespace = workload.namespace();
        return switch (workload.kind()) {
            case "StatefulSet" ->
                cluster.find(StatefulSet.class, namespace, workload.name())
                        .map(RolloutComplete::test)
                        .orElse(true);
            case "DaemonSet" ->
                cluster.find(DaemonSet.class, namespace, workload.name())
                        .map(RolloutComplete::test)
                        .orElse(true);
            default ->
                cluster.find(Deployment.class, namespace, workload.name())
                        .map(RolloutComplete::test)
                        .orElse(true);
        };
    }
}
