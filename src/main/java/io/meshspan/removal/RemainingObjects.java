package io.meshspan.removal;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts what stays of a change in a cluster that is left out of it. */
@Component
public final class RemainingObjects {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final StateBefore before;

    RemainingObjects(Clusters clusters, ApprovedPlans approved, StateBefore before) {
        this.clusters = clusters;
        this.approved = approved;
        this.before = before;
    }

    /**
     * The number of existing objects that the change was to create or to overwrite; empty if the cluster does not answer.
     */
    public OptionalLong count(String change, ClusterName name) {
        try {
            return OptionalLong.of(count(change, clusters.get(name)));
        } catch (StepFailed | TransientException e) {
            return OptionalLong.empty();
        }
    }

    private long count(String change, Cluster cluster) {
        Map<ObjectRef, ApplyOutcome> outcomes = approved.outcomes(change, cluster.name());
        Set<ObjectRef> kept = before.kept(change, cluster);
        List<ObjectRef> created = outcomes.entrySet().stream()
                .filter(planned -> planned.getValue() == ApplyOutcome.CREATED)
                .map(Map.Entry::getKey)
                .filter(object -> !kept.contains(object))
                .toList();
        return cluster.states(created).size() + (long) kept.size();
    }
}
