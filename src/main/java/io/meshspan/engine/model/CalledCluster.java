package io.meshspan.engine.model;

import io.meshspan.mesh.ClusterName;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The cluster for which a process was called. */
public final class CalledCluster {

    private CalledCluster() {}

    /** Empty in a process that is about all clusters. */
    public static Optional<ClusterName> clusterIfAny(DelegateExecution execution) {
        return Optional.ofNullable(execution.getVariable(VariableNames.CLUSTER))
                .map(String::valueOf)
                .map(ClusterName::new);
    }

    public static ClusterName cluster(DelegateExecution execution) {
        return new ClusterName(String.valueOf(execution.getVariable(VariableNames.CLUSTER)));
    }
}
