package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.rollout.RolloutComplete;

/** Whether all pods of a workload are from its newest template. A deleted workload has no other pods. */
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
