package io.meshspan.process.engine.identity;

import io.meshspan.process.model.Names;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * Says in variables of the task itself what it is about: Tasklist's list shows them, and all approvals have one name.
 * The change's own variables may not be read by whoever only decides.
 */
final class AboutTask implements TaskListener {

    private static final String MESH = "taskMesh";
    private static final String REQUESTER = "taskRequester";

    /** As Tasklist's filters want them. */
    static final List<Map<String, String>> SHOWN =
            List.of(Map.of("name", MESH, "label", "Mesh"), Map.of("name", REQUESTER, "label", "Asked for by"));

    @Override
    public void notify(DelegateTask task) {
        if (task.getVariable(Names.MESH_ID) instanceof String mesh) {
            task.setVariableLocal(MESH, Boolean.TRUE.equals(task.getVariable(Names.URGENT)) ? mesh + ", URGENT" : mesh);
        }
        Gate.requester(task).ifPresent(requester -> task.setVariableLocal(REQUESTER, requester));
    }
}
