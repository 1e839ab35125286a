package io.meshspan.lease;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Acquires, renews and releases the Leases of clusters for a change, all in parallel. */
@Component
public final class ClusterLeases {

    static final String NAME = "meshspan-change";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLeases.class);

    private final Clusters clusters;
    private final LeaseProperties properties;
    private final HeldLeases held;
    private final ObservedLeases observed;
    private final Clock clock = Clock.systemUTC();

    @Autowired
    ClusterLeases(Clusters clusters, LeaseProperties properties, HeldLeases held) {
        this(clusters, properties, held, System::nanoTime);
    }

    ClusterLeases(Clusters clusters, LeaseProperties properties, HeldLeases held, LongSupplier nanoTime) {
        this.clusters = clusters;
        this.properties = properties;
        this.held = held;
        this.observed = new ObservedLeases(nanoTime);
    }

    /** The permissions without which a cluster cannot be held. */
    public List<Access> permissions() {
        return Stream.of("get", "create", "update")
                .map(verb -> new Access(verb, "coordination.k8s.io", "leases", properties.namespace()))
                .toList();
    }

    /** All or none; can be repeated. The held clusters are stored for the renewals. */
    public LeaseAcquisition acquire(Holder holder, Collection<ClusterName> wanted) {
        Set<ClusterName> taken = ConcurrentHashMap.newKeySet();
        LeaseAcquisition leaseAcquisition = tryAll(holder, wanted, taken);
        if (leaseAcquisition.complete()) {
            held.add(holder, wanted);
        } else {
            release(holder, taken);
        }
        return leaseAcquisition;
    }

    private LeaseAcquisition tryAll(Holder holder, Collection<ClusterName> wanted, Set<ClusterName> taken) {
        try {
            return take(holder, wanted, taken);
        } catch (StepFailed | TransientException e) {
            release(holder, taken);
            throw e;
        }
    }

    private LeaseAcquisition take(Holder holder, Collection<ClusterName> wanted, Set<ClusterName> taken) {
        return new LeaseAcquisition(List.copyOf(clusters.inEach(wanted, cluster -> {
                    LeaseClaim leaseClaim = lease(cluster).take(holder, clock.instant(), properties.duration());
                    if (!leaseClaim.refused()) {
                        taken.add(cluster.name());
                    }
                    return leaseClaim;
                })
                .values()));
    }

    /** Renews the clusters that are still held, and returns those that were lost. */
    public List<ClusterName> renew(Holder holder, Collection<ClusterName> names) {
        return clusters
                .inEach(names, cluster -> lease(cluster).renew(holder, clock.instant(), properties.duration()))
                .entrySet()
                .stream()
                .filter(kept -> !kept.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Acquires again the Leases that this process has not renewed in time, before a step relies on them; usually there are
     * none. After its start, this process knows of no renewal by any node.
     *
     * @param only the cluster for which the step was called, if any: as long as the change holds it, the step needs no other
     *     cluster, and one that does not answer does not block it
     */
    public LeaseAcquisition reacquire(Holder holder, Optional<ClusterName> only) {
        String change = holder.change();
        List<ClusterName> doubtful = held.of(change).stream()
                .filter(cluster -> !observed.renewedWithin(properties.trustedFor(), change, cluster))
                .toList();
        List<ClusterName> needed = needed(doubtful, change, only);
        return needed.isEmpty() ? new LeaseAcquisition(List.of()) : take(holder, needed, ConcurrentHashMap.newKeySet());
    }

    private List<ClusterName> needed(List<ClusterName> doubtful, String change, Optional<ClusterName> only) {
        Optional<ClusterName> alone = doubtful.isEmpty() ? Optional.empty() : only.filter(held.of(change)::contains);
        return doubtful.stream()
                .filter(cluster -> alone.isEmpty() || alone.get().equals(cluster))
                .toList();
    }

    /** Clusters that do not answer are skipped: their Leases expire. */
    public void release(Holder holder, Collection<ClusterName> names) {
        try {
            var unused = clusters.inEach(names, cluster -> lease(cluster).release(holder));
        } catch (StepFailed | TransientException e) {
            LOG.info("Not every cluster could be released by {}; its Lease ends by itself", holder);
        }
    }

    /** For a cluster that is not held any more in any case: no step relies on it, and it is not renewed. */
    public void forget(String change, ClusterName cluster) {
        held.forget(change, cluster);
        observed.forget(change, cluster);
    }

    /** Forgets the changes that hold no clusters any more. */
    public void rememberOnly(Set<String> changes) {
        observed.keepOnly(changes);
    }

    /** If the cluster does not answer, its Lease expires after {@link #duration()}. */
    public LeaseRelease tryRelease(Holder holder, ClusterName name) {
        try {
            ClusterLease lease = lease(clusters.get(name));
            return lease.release(holder)
                    ? LeaseRelease.RELEASED
                    : LeaseRelease.lostTo(lease.read().holder());
        } catch (StepFailed | TransientException e) {
            return LeaseRelease.RUNS_OUT;
        }
    }

    public Duration duration() {
        return properties.duration();
    }

    public boolean free(Collection<ClusterName> names) {
        return clusters.inEach(names, cluster -> lease(cluster).free()).values().stream()
                .allMatch(Boolean::booleanValue);
    }

    public Duration renewEvery() {
        return properties.renewEvery();
    }

    private ClusterLease lease(Cluster cluster) {
        return new ClusterLease(cluster, properties.namespace(), observed);
    }
}
