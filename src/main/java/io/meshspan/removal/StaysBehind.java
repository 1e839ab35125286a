package io.meshspan.removal;

import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What of a change stays in a cluster that is left out of it. */
@Component
public final class StaysBehind {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final StateBefore before;

    StaysBehind(Clusters clusters, ApprovedPlans approved, StateBefore before) {
        this.clusters = clusters;
        this.approved = approved;
        this.before = before;
    }

    /** How many objects that the change was to create or to write over are there so; empty if the cluster does not say. */
    public OptionalLong count(String change, ClusterName name) {
        try {
            return OptionalLong.of(count(change, clusters.get(name)));
        } catch (StepFailed | PassingFault e) {
            return OptionalLong.empty();
        }
    }

    private long count(String change, Cluster cluster) {
        Map<ObjectRef, Outcome> outcomes = approved.outcomes(change, cluster.name());
        Set<ObjectRef> kept = before.kept(change, cluster);
        List<ObjectRef> created = outcomes.entrySet().stream()
                .filter(planned -> planned.getValue() == Outcome.CREATED)
                .map(Map.Entry::getKey)
                .filter(object -> !kept.contains(object))
                .toList();
        return cluster.states(created).size() + (long) kept.size();
    }
}
