package io.meshspan.process.model;

import io.meshspan.mesh.ClusterName;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The cluster for which a process was called. */
public final class CalledFor {

    private CalledFor() {}

    public static ClusterName cluster(DelegateExecution execution) {
        return new ClusterName(String.valueOf(execution.getVariable(Names.CLUSTER)));
    }
}
