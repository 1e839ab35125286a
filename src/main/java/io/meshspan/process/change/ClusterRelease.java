package io.meshspan.process.change;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.Holder;
import io.meshspan.lease.LeaseRelease;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.ExcludedClustersText;
import io.meshspan.removal.RemainingObjects;
import io.meshspan.rollback.StateBefore;
import java.util.OptionalLong;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Releases an excluded cluster for other changes, if it answers. Records what stays in it. */
@Component
public final class ClusterRelease {

    private final ApprovedPlans approved;

    private final RemainingObjects stays;
    private final StateBefore before;
    private final Clusters clusters;
    private final ClusterLeases leases;
    private final ChangeRecord record;

    ClusterRelease(
            ApprovedPlans approved,
            RemainingObjects stays,
            StateBefore before,
            Clusters clusters,
            ClusterLeases leases,
            ChangeRecord record) {
        this.approved = approved;
        this.stays = stays;
        this.before = before;
        this.clusters = clusters;
        this.leases = leases;
        this.record = record;
    }

    /** Can be repeated. */
    public void release(DelegateExecution execution, String change, ClusterName cluster) {
        record.noted(
                execution,
                "what stays behind",
                ExcludedClustersText.LEFT_OUT,
                inWords(stays.count(change, cluster), cluster));
        forget(change, cluster);
        LeaseRelease released =
                leases.tryRelease(new Holder(approved.mesh(change).id(), change), cluster);
        record.held(execution, cluster, released.result().name(), inWords(released));
    }

    private String inWords(LeaseRelease released) {
        return switch (released.result()) {
            case RELEASED -> "";
            case RUNS_OUT ->
                "The cluster does not answer; its Lease ends by itself within %d s"
                        .formatted(leases.duration().toSeconds());
            case LOST -> "Change %s has it by now".formatted(released.other());
        };
    }

    private void forget(String change, ClusterName cluster) {
        try {
            before.forget(change, clusters.get(cluster));
        } catch (StepFailed | TransientException e) {
            // the next change that holds the cluster deletes it
        }
    }

    private static String inWords(OptionalLong objects, ClusterName cluster) {
        String what = objects.isPresent()
                ? "%d objects of this change stay in %s".formatted(objects.getAsLong(), cluster)
                : "%s does not say what of this change stays in it".formatted(cluster);
        return "%s. Nothing touches them any more; to remove them, start take-out-cluster with takeOut %s"
                .formatted(what, cluster);
    }
}
