package io.meshspan.lease;

import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The ages of Leases as this process observes them, like leader election in client-go: how long a Lease has not changed. It
 * never compares times of another machine with its own, and uses a monotonic clock.
 */
final class ObservedLeases {

    private record Observation(String written, long since) {}

    private record Renewal(String change, ClusterName cluster) {}

    private final LongSupplier nanoTime;
    private final Map<ClusterName, Observation> seen = new ConcurrentHashMap<>();
    private final Map<Renewal, Long> renewed = new ConcurrentHashMap<>();

    ObservedLeases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it has no holder, or its holder did not renew it for its whole duration while this process watched. */
    boolean free(ClusterName cluster, LeaseState state) {
        long now = nanoTime.getAsLong();
        String written = state.written();
        Observation last = seen.compute(
                cluster,
                (name, before) ->
                        before != null && before.written().equals(written) ? before : new Observation(written, now));
        Duration unchanged = Duration.ofNanos(now - last.since());
        return state.holder().isEmpty()
                || state.duration()
                        .filter(duration -> unchanged.compareTo(duration) < 0)
                        .isEmpty();
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** @param began {@link #now} before the call that renewed it: no other process can have seen it earlier */
    void renewed(String change, ClusterName cluster, long began) {
        renewed.merge(new Renewal(change, cluster), began, Math::max);
    }

    /** Whether this process renewed it within that time. */
    boolean renewedWithin(Duration time, String change, ClusterName cluster) {
        Long began = renewed.get(new Renewal(change, cluster));
        return began != null && nanoTime.getAsLong() - began < time.toNanos();
    }

    /** Forgets the observations about other changes. */
    void keepOnly(Set<String> changes) {
        renewed.keySet().removeIf(renewal -> !changes.contains(renewal.change()));
    }

    void forget(String change, ClusterName cluster) {
        renewed.remove(new Renewal(change, cluster));
    }
}
