package io.meshspan.process.change;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.audit.RecordJson;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The changes that this service begins by itself, about declared meshes. */
@Component
public final class OwnChanges {

    private static final Logger LOG = LoggerFactory.getLogger(OwnChanges.class);

    private final RuntimeService runtime;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public OwnChanges(RuntimeService runtime, AuditLog audit, PlatformTransactionManager transactions) {
        this.runtime = runtime;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The changes of this process that are open, of all meshes. */
    public List<ProcessInstance> open(String process) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(process)
                .active()
                .list();
    }

    public List<ProcessInstance> open(String process, String mesh) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(process)
                .processInstanceBusinessKey(mesh)
                .list();
    }

    public boolean isAt(String activity, ProcessInstance instance) {
        return runtime.createExecutionQuery()
                        .processInstanceId(instance.getId())
                        .activityId(activity)
                        .count()
                > 0;
    }

    /**
     * Starts a process and records it, or neither.
     *
     * @param event the name of its start event
     * @param data what its record has besides the mesh and the definition
     * @return the change
     */
    public String begin(
            String process,
            String event,
            Mesh mesh,
            String reason,
            Map<String, Object> variables,
            Map<String, Object> data) {
        return Objects.requireNonNull(transaction.execute(status -> {
            ProcessInstance begun = runtime.createProcessInstanceByKey(process)
                    .businessKey(mesh.id().value())
                    .setVariable(VariableNames.REASON, reason)
                    .setVariables(variables)
                    .execute();
            audit.open(new ChangeRequested(
                    begun.getId(),
                    mesh.id().value(),
                    process,
                    event,
                    null,
                    reason,
                    mesh.clusters().stream().map(ClusterName::value).toList(),
                    json(mesh, begun, data)));
            return begun.getId();
        }));
    }

    private static String json(Mesh mesh, ProcessInstance begun, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(data);
        all.put("mesh", mesh);
        all.put("definition", begun.getProcessDefinitionId());
        return RecordJson.write(all);
    }

    /** Sends a message to a change, if it waits for that; otherwise it is about to read the clusters anyway. */
    public void tell(ProcessInstance instance, String message) {
        try {
            runtime.createMessageCorrelation(message)
                    .processInstanceId(instance.getId())
                    .correlate();
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException e) {
            LOG.debug("{}: the process does not wait for a message now", instance.getBusinessKey());
        }
    }
}
