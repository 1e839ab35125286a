package io.meshspan.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.meshspan.kubernetes.Cluster;
import java.time.Duration;
import java.time.Instant;

/** The Lease of one cluster, read and written. */
record ClusterLease(Cluster cluster, String namespace) {

    LeaseState read() {
        return cluster.find(Lease.class, namespace, ClusterLeases.NAME)
                .map(LeaseState::new)
                .orElseGet(() -> LeaseState.absent(namespace, ClusterLeases.NAME));
    }

    /** One read and, if nobody is in the way, one write. */
    Claim take(Holder holder, Instant now, Duration duration) {
        LeaseState state = read();
        if (!state.openTo(holder, now)) {
            return refusedBy(state);
        }
        if (!cluster.replace(state.takenBy(holder, now, duration))) {
            return refusedBy(read());
        }
        boolean abandoned = state.holder().isPresent() && !state.heldBy(holder);
        return abandoned
                ? new Claim(
                        cluster.name(), Claim.Result.TAKEN_OVER, state.holder().orElseThrow())
                : new Claim(cluster.name(), Claim.Result.TAKEN, "");
    }

    /** Whether it still is this holder's. One that is not is left alone: the change may have ended meanwhile. */
    boolean renew(Holder holder, Instant now, Duration duration) {
        LeaseState state = read();
        return state.heldBy(holder) && cluster.replace(state.takenBy(holder, now, duration));
    }

    /** Whether it was this holder's until now. */
    boolean release(Holder holder) {
        LeaseState state = read();
        return state.heldBy(holder) && cluster.replace(state.released());
    }

    private Claim refusedBy(LeaseState state) {
        return new Claim(
                cluster.name(), Claim.Result.REFUSED, state.holder().orElse("that was faster and is gone already"));
    }
}
