package io.meshspan.process.model;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.finding.Finding;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.WithoutCluster;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.LeftOutClusters;
import io.meshspan.process.engine.identity.GoingOnWithout;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/** Goes on without the cluster at which a step failed, if what stays is a mesh. The decision itself is on record (ADR 11). */
@Component
final class WithoutFailedCluster implements GoingOnWithout {

    private final LeftOutClusters leftOut;
    private final ApprovedPlans approved;
    private final ClusterLeases leases;

    WithoutFailedCluster(LeftOutClusters leftOut, ApprovedPlans approved, ClusterLeases leases) {
        this.leftOut = leftOut;
        this.approved = approved;
        this.leases = leases;
    }

    @Override
    public void offer(DelegateTask task) {
        failed(task)
                .filter(cluster -> hindrances(task, cluster).isEmpty())
                .ifPresentOrElse(
                        cluster -> task.setVariableLocal(Names.LEAVE_OUT, cluster.value()),
                        () -> task.removeVariableLocal(Names.LEAVE_OUT));
    }

    @Override
    public void check(DelegateTask task) {
        if (isDecided(task)) {
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
            leftOut.add(change, cluster, ClockUtil.getCurrentTime().toInstant());
            leases.forget(change, cluster);
        }
    }

    /** The one without which the change can go on. */
    private ClusterName clusterToLeaveOut(DelegateTask task) {
        ClusterName cluster = failed(task).orElseThrow(() -> new InvalidDecision(whyNone(task)));
        List<Finding> hindrances = hindrances(task, cluster);
        if (!hindrances.isEmpty()) {
            throw new InvalidDecision("Without %s what stays is no mesh: %s"
                    .formatted(
                            cluster,
                            hindrances.stream()
                                    .map(WithoutFailedCluster::inWords)
                                    .collect(Collectors.joining("; "))));
        }
        return cluster;
    }

    private List<Finding> hindrances(DelegateTask task, ClusterName cluster) {
        return WithoutCluster.findings(approved.mesh(change(task)), cluster);
    }

    private static String inWords(Finding finding) {
        return "%s: expected %s, found %s".formatted(finding.what(), finding.expected(), finding.found());
    }

    /** One of those that the change still touches. */
    private Optional<ClusterName> failed(DelegateTask task) {
        return FailedCluster.of(task).filter(approved.clusters(change(task))::contains);
    }

    private String whyNone(DelegateTask task) {
        return FailedCluster.of(task)
                .filter(leftOut.names(change(task))::contains)
                .map("Somebody else just decided that the change goes on without %s"::formatted)
                .orElse("The failure is not that of one cluster alone, so there is none to go on without;"
                        + " choose another way");
    }

    private static void requireComment(DelegateTask task) {
        if (Objects.toString(task.getVariable(Names.COMMENT), "").isBlank()) {
            throw new InvalidDecision("Say in the comment why the change goes on without the cluster");
        }
    }

    private static boolean isDecided(DelegateTask task) {
        return Names.WITHOUT.equals(task.getVariable(Names.DECISION));
    }

    private static String change(DelegateTask task) {
        return ((ExecutionEntity) task.getExecution()).getRootProcessInstanceId();
    }
}
