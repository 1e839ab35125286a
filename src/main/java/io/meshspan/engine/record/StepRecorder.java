package io.meshspan.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Records each step when it ends: its start, and its place in its diagram. */
final class StepRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;

    StepRecorder(ObjectProvider<AuditLog> audit) {
        this.audit = audit;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String step = ExecutionRecord.stepOf(execution);
        audit.getObject().write(record(execution, step));
    }

    private static AuditRecord record(DelegateExecution execution, String step) {
        String result = execution.isCanceled() ? "CANCELLED" : "DONE";
        return ExecutionRecord.of(
                RecordKind.STEP, execution, step, null, step, result, null, data((ExecutionEntity) execution));
    }

    private static Map<String, String> data(ExecutionEntity execution) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("process", execution.getProcessDefinition().getKey());
        data.put("definition", execution.getProcessDefinitionId());
        data.put("instance", execution.getProcessInstanceId());
        data.put("activity", execution.getCurrentActivityId());
        data.put("kind", String.valueOf(execution.getActivity().getProperty("type")));
        data.put("activityInstance", String.valueOf(execution.getActivityInstanceId()));
        String ended = ClockUtil.getCurrentTime().toInstant().toString();
        HistoricActivityInstanceEventEntity history = history(execution.getActivityInstanceId());
        data.put(
                "started",
                history == null ? ended : history.getStartTime().toInstant().toString());
        data.put("ended", ended);
        ExecutionEntity caller = execution.getProcessInstance().getSuperExecution();
        if (caller != null) {
            data.put("callerInstance", caller.getProcessInstanceId());
            data.put("callerActivity", caller.getActivityId());
            data.put("callerActivityInstance", caller.getActivityInstanceId());
        }
        return data;
    }

    /** From this transaction if the step began in it, otherwise from the database. */
    private static @Nullable HistoricActivityInstanceEventEntity history(@Nullable String activityInstance) {
        return activityInstance == null
                ? null
                : Context.getCommandContext()
                        .getDbEntityManager()
                        .selectById(HistoricActivityInstanceEventEntity.class, activityInstance);
    }
}
