package io.meshspan.plan;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import java.util.Optional;

/** A cluster name that leads to another cluster than when the plan was made: somebody changed a context or an address. */
final class ClusterIdentityChange {

    static final String OBJECT = "Namespace kube-system";

    private ClusterIdentityChange() {}

    static Optional<Finding> instead(ClusterPlan planned, Cluster cluster) {
        String uid = cluster.uid();
        return planned.isAbout(uid)
                ? Optional.empty()
                : Optional.of(
                        Finding.blocking(
                                cluster.name().value(),
                                OBJECT,
                                "the cluster of the plan, UID " + planned.uid(),
                                "another cluster, UID " + uid,
                                "Let the name lead to its cluster again (kubeconfig, meshspan.inventory.clusters), or reject."));
    }
}
