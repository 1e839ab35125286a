package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;

/** A cluster whose API server did not answer. */
final class UnreachableCluster {

    private UnreachableCluster() {}

    static Finding finding(ClusterName cluster, String fault) {
        return Finding.blocking(
                cluster.value(),
                "API server",
                "an answer within a few seconds",
                fault,
                "See whether it runs, and whether this service can reach the address in the kubeconfig.");
    }
}
