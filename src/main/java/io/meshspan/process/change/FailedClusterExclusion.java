package io.meshspan.process.change;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.identity.ExcludeClusterChoice;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.Finding;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.ClusterExclusion;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.ExcludedClusters;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Goes on without the cluster where a step failed, if the remaining clusters are a mesh. Records the decision (ADR 11). */
@Component
final class FailedClusterExclusion implements ExcludeClusterChoice {

    private final ExcludedClusters leftOut;
    private final ApprovedPlans approved;
    private final ClusterLeases leases;

    FailedClusterExclusion(ExcludedClusters leftOut, ApprovedPlans approved, ClusterLeases leases) {
        this.leftOut = leftOut;
        this.approved = approved;
        this.leases = leases;
    }

    @Override
    public void offer(DelegateTask task) {
        failed(task)
                .filter(cluster -> hindrances(task, cluster).isEmpty())
                .ifPresentOrElse(
                        cluster -> task.setVariableLocal(VariableNames.LEAVE_OUT, cluster.value()),
                        () -> task.removeVariableLocal(VariableNames.LEAVE_OUT));
    }

    @Override
    public void check(DelegateTask task) {
        if (isDecided(task) && mayExclude(task)) {
            requireComment(task);
            clusterToLeaveOut(task);
        }
    }

    @Override
    public void decided(DelegateTask task) {
        if (isDecided(task)) {
            String change = change(task);
            leftOut.oneAtATime(change);
            ClusterName cluster = clusterToLeaveOut(task);
            leftOut.add(change, cluster, EngineContext.now());
            leases.forget(change, cluster);
        }
    }

    /** The cluster to exclude. */
    private ClusterName clusterToLeaveOut(DelegateTask task) {
        ClusterName cluster = failed(task).orElseThrow(() -> new InvalidDecision(whyNone(task)));
        List<Finding> hindrances = hindrances(task, cluster);
        if (!hindrances.isEmpty()) {
            throw new InvalidDecision("Without %s what stays is no mesh: %s"
                    .formatted(
                            cluster,
                            hindrances.stream()
                                    .map(FailedClusterExclusion::inWords)
                                    .collect(Collectors.joining("; "))));
        }
        return cluster;
    }

    private List<Finding> hindrances(DelegateTask task, ClusterName cluster) {
        return ClusterExclusion.findings(approved.mesh(change(task)), cluster);
    }

    private static String inWords(Finding finding) {
        return "%s: expected %s, found %s".formatted(finding.what(), finding.expected(), finding.found());
    }

    /** The failed cluster, if the change still includes it. */
    private Optional<ClusterName> failed(DelegateTask task) {
        return mayExclude(task)
                ? FailedCluster.of(task).filter(approved.clusters(change(task))::contains)
                : Optional.empty();
    }

    /** Whether the form offers this choice. In diagrams of earlier releases, only the form says so. */
    private static boolean mayExclude(DelegateTask task) {
        return !Boolean.FALSE.equals(task.getVariable(VariableNames.MAY_EXCLUDE));
    }

    private String whyNone(DelegateTask task) {
        return FailedCluster.of(task)
                .filter(leftOut.names(change(task))::contains)
                .map("Somebody else just decided that the change continues without %s"::formatted)
                .orElse("The failure is not about one cluster only, so no cluster can be excluded; choose another way");
    }

    private static void requireComment(DelegateTask task) {
        if (Characters.isInvisible(Objects.toString(task.getVariable(VariableNames.COMMENT), ""))) {
            throw new InvalidDecision("Say in the comment why the change continues without the cluster");
        }
    }

    private static boolean isDecided(DelegateTask task) {
        return VariableNames.WITHOUT.equals(task.getVariable(VariableNames.DECISION));
    }

    private static String change(DelegateTask task) {
        return ChangeId.of(task.getExecution());
    }
}
