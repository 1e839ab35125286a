package io.meshspan.lease;

import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How old Leases are, judged by this process alone, as leader election in client-go does: by how long it has seen a Lease
 * unchanged. No time that another machine wrote is compared with the time here, and the clock is one that nobody sets.
 */
final class ObservedLeases {

    private record Seen(String written, long since) {}

    private record Renewal(String change, ClusterName cluster) {}

    private final LongSupplier nanoTime;
    private final Map<ClusterName, Seen> seen = new ConcurrentHashMap<>();
    private final Map<Renewal, Long> renewed = new ConcurrentHashMap<>();

    ObservedLeases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Nobody's, or of a holder who did not renew it for its whole duration while this process looked. */
    boolean free(ClusterName cluster, LeaseState state) {
        long now = nanoTime.getAsLong();
        String written = state.written();
        Seen last = seen.compute(
                cluster,
                (name, before) -> before != null && before.written().equals(written) ? before : new Seen(written, now));
        Duration unchanged = Duration.ofNanos(now - last.since());
        return state.holder().isEmpty()
                || state.duration()
                        .filter(duration -> unchanged.compareTo(duration) < 0)
                        .isEmpty();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** @param began {@link #now} before the call that renewed it: whoever else looks saw it no earlier */
    void renewed(String change, ClusterName cluster, long began) {
        renewed.merge(new Renewal(change, cluster), began, Math::max);
    }

    /** Whether this process itself renewed it within that time. */
    boolean renewedWithin(Duration time, String change, ClusterName cluster) {
        Long began = renewed.get(new Renewal(change, cluster));
        return began != null && nanoTime.getAsLong() - began < time.toNanos();
    }

    /** Nothing is to be known any more of what other changes held. */
    void keepOnly(Set<String> changes) {
        renewed.keySet().removeIf(renewal -> !changes.contains(renewal.change()));
    }

    void forget(String change, ClusterName cluster) {
        renewed.remove(new Renewal(change, cluster));
    }
}
