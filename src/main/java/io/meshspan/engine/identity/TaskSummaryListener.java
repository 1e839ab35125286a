package io.meshspan.engine.identity;

import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.VariableNames;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Writes variables of the task that say what it is about: Tasklist's list shows them, as all approvals have the same name. A
 * person who only decides may not read the change's own variables.
 */
final class TaskSummaryListener implements TaskListener {

    private static final String MESH = "taskMesh";
    private static final String CLUSTER = "taskCluster";
    private static final String REQUESTER = "taskRequester";

    /** For the link to the change's page; people cannot use its id. */
    private static final String CHANGE = "taskChange";

    /** In the format of Tasklist's filters. */
    static final List<Map<String, String>> SHOWN = List.of(
            Map.of("name", MESH, "label", "Mesh"),
            Map.of("name", CLUSTER, "label", "Cluster"),
            Map.of("name", REQUESTER, "label", "Asked for by"));

    private final boolean afterFailure;

    /** @param afterFailure whether the task asks how to continue after a failed step */
    TaskSummaryListener(boolean afterFailure) {
        this.afterFailure = afterFailure;
    }

    @Override
    public void notify(DelegateTask task) {
        String mesh = task.getExecution().getProcessBusinessKey();
        if (mesh != null) {
            task.setVariableLocal(
                    MESH, Boolean.TRUE.equals(task.getVariable(VariableNames.URGENT)) ? mesh + ", URGENT" : mesh);
        }
        task.setVariableLocal(CHANGE, ((ExecutionEntity) task.getExecution()).getRootProcessInstanceId());
        if (afterFailure) {
            FailedCluster.of(task).ifPresent(cluster -> task.setVariableLocal(CLUSTER, cluster.value()));
        }
        Gate.requesterName(task).ifPresent(requester -> task.setVariableLocal(REQUESTER, requester));
    }
}
