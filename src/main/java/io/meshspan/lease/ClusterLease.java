package io.meshspan.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.meshspan.kubernetes.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Lease of one cluster, read and written. */
record ClusterLease(Cluster cluster, String namespace, ObservedLeases observed) {

    LeaseState read() {
        return cluster.find(Lease.class, namespace, ClusterLeases.NAME)
                .map(LeaseState::new)
                .orElseGet(() -> LeaseState.absent(namespace, ClusterLeases.NAME));
    }

    /** Whether no holder has it. */
    boolean free() {
        return observed.free(cluster.name(), read());
    }

    /** One read and, if no other holder has it, one write. */
    LeaseClaim take(Holder holder, Instant now, Duration duration) {
        long began = observed.now();
        LeaseState state = read();
        boolean free = observed.free(cluster.name(), state);
        if (!free && !state.heldBy(holder)) {
            return refusedBy(state);
        }
        Optional<String> other = state.holder().filter(name -> !state.heldBy(holder));
        return !write(state, holder, began, now, duration)
                ? refusedBy(read())
                : other.map(name -> new LeaseClaim(cluster.name(), LeaseClaim.Result.TAKEN_OVER, name))
                        .orElseGet(() -> new LeaseClaim(cluster.name(), LeaseClaim.Result.TAKEN, ""));
    }

    /** Whether this holder still has it. Otherwise it is left unchanged: the change may have ended meanwhile. */
    boolean renew(Holder holder, Instant now, Duration duration) {
        long began = observed.now();
        LeaseState state = read();
        return state.heldBy(holder) && write(state, holder, began, now, duration);
    }

    /** Whether this holder has it now: another node may have renewed it for the same change at the same time. */
    private boolean write(LeaseState state, Holder holder, long began, Instant now, Duration duration) {
        boolean held = cluster.replace(state.takenBy(holder, now, duration)) || read().heldBy(holder);
        if (held) {
            observed.renewed(holder.change(), cluster.name(), began);
        }
        return held;
    }

    /** Whether this holder had it until now. */
    boolean release(Holder holder) {
        LeaseState state = read();
        return state.heldBy(holder) && cluster.replace(state.released());
    }

    private LeaseClaim refusedBy(LeaseState state) {
        return new LeaseClaim(
                cluster.name(),
                LeaseClaim.Result.REFUSED,
                state.holder().orElse("that was faster and is gone already"));
    }
}
