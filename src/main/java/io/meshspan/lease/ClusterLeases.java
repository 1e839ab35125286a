package io.meshspan.lease;

import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes, renews and gives back clusters for a change, in all of them side by side. */
@Component
public final class ClusterLeases {

    static final String NAME = "meshspan-change";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLeases.class);

    private final Clusters clusters;
    private final LeaseProperties properties;
    private final HeldClusters held;
    private final Clock clock = Clock.systemUTC();

    ClusterLeases(Clusters clusters, LeaseProperties properties, HeldClusters held) {
        this.clusters = clusters;
        this.properties = properties;
        this.held = held;
    }

    /** All or none; may be repeated. Those that are held are written down, for the renewals. */
    public Holding hold(Holder holder, Collection<ClusterName> wanted) {
        Set<ClusterName> taken = ConcurrentHashMap.newKeySet();
        Holding holding = tryAll(holder, wanted, taken);
        if (holding.complete()) {
            held.add(holder, wanted, clock.instant());
        } else {
            release(holder, taken);
        }
        return holding;
    }

    private Holding tryAll(Holder holder, Collection<ClusterName> wanted, Set<ClusterName> taken) {
        try {
            return take(holder, wanted, taken);
        } catch (StepFailed | PassingFault e) {
            release(holder, taken);
            throw e;
        }
    }

    private Holding take(Holder holder, Collection<ClusterName> wanted, Set<ClusterName> taken) {
        return new Holding(List.copyOf(clusters.inEach(wanted, cluster -> {
                    Claim claim = lease(cluster).take(holder, clock.instant(), properties.duration());
                    if (!claim.refused()) {
                        taken.add(cluster.name());
                    }
                    return claim;
                })
                .values()));
    }

    /** Renews what is still held, and says which clusters were lost; what was renewed is written down in any case. */
    public List<ClusterName> renew(Holder holder, Collection<ClusterName> names) {
        Set<ClusterName> renewed = ConcurrentHashMap.newKeySet();
        try {
            return clusters.inEach(names, cluster -> renewed(cluster, holder, renewed)).entrySet().stream()
                    .filter(kept -> !kept.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            held.renewed(holder, renewed, clock.instant());
        }
    }

    private boolean renewed(Cluster cluster, Holder holder, Set<ClusterName> renewed) {
        return lease(cluster).renew(holder, clock.instant(), properties.duration()) && renewed.add(cluster.name());
    }

    /**
     * Takes again what was not renewed in time, before a step relies on it; usually there is nothing to do.
     *
     * @param only the cluster for which the step was called, if there is one: as long as the change has it, the step
     *     relies on no other, and one that does not answer is not in its way
     */
    public Holding regain(Holder holder, Optional<ClusterName> only) {
        Instant due = clock.instant().minus(properties.duration());
        List<ClusterName> doubtful = needed(held.notRenewedSince(holder.change(), due), holder.change(), only);
        Holding holding =
                doubtful.isEmpty() ? new Holding(List.of()) : take(holder, doubtful, ConcurrentHashMap.newKeySet());
        if (holding.complete()) {
            held.renewed(holder, doubtful, clock.instant());
        }
        return holding;
    }

    private List<ClusterName> needed(List<ClusterName> doubtful, String change, Optional<ClusterName> only) {
        Optional<ClusterName> alone = doubtful.isEmpty() ? Optional.empty() : only.filter(held.of(change)::contains);
        return doubtful.stream()
                .filter(cluster -> alone.isEmpty() || alone.get().equals(cluster))
                .toList();
    }

    /** As far as the clusters answer: what is not released ends by itself. */
    public void release(Holder holder, Collection<ClusterName> names) {
        try {
            var unused = clusters.inEach(names, cluster -> lease(cluster).release(holder));
        } catch (StepFailed | PassingFault e) {
            LOG.info("Not every cluster could be released by {}; its Lease ends by itself", holder);
        }
    }

    /** Of a cluster that is not kept any more whatever comes: no step relies on it, and it is not renewed. */
    public void forget(String change, ClusterName cluster) {
        held.forget(change, cluster);
    }

    /** If the cluster does not answer, its Lease ends by itself after {@link #duration()}. */
    public GivenBack giveBack(Holder holder, ClusterName name) {
        try {
            ClusterLease lease = lease(clusters.get(name));
            return lease.release(holder)
                    ? GivenBack.RELEASED
                    : GivenBack.lostTo(lease.read().holder());
        } catch (StepFailed | PassingFault e) {
            return GivenBack.RUNS_OUT;
        }
    }

    public Duration duration() {
        return properties.duration();
    }

    public boolean free(Collection<ClusterName> names) {
        return clusters.inEach(names, cluster -> lease(cluster).read().free(clock.instant())).values().stream()
                .allMatch(Boolean::booleanValue);
    }

    public Duration renewEvery() {
        return properties.renewEvery();
    }

    private ClusterLease lease(Cluster cluster) {
        return new ClusterLease(cluster, properties.namespace());
    }
}
