package io.meshspan.lease;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;

/**
 * The result of asking for one cluster.
 *
 * @param other the previous or current holder; empty if there is none
 */
public record LeaseClaim(ClusterName cluster, Result result, String other) {

    public enum Result {
        TAKEN,
        TAKEN_OVER,
        REFUSED
    }

    boolean refused() {
        return result == Result.REFUSED;
    }

    Finding finding() {
        return Finding.blocking(
                cluster.value(),
                "Lease " + ClusterLeases.NAME,
                "a cluster that no other change holds",
                "change " + other,
                "This change continues when that one has ended; the Lease of a crashed change expires.");
    }
}
