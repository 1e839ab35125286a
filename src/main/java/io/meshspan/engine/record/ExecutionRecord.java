package io.meshspan.engine.record;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.VariableNames;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/** An audit record about an execution of the engine. */
final class ExecutionRecord {

    static final String NO_MESH = "-";

    private ExecutionRecord() {}

    static AuditRecord of(
            RecordKind recordKind,
            DelegateExecution execution,
            String step,
            @Nullable String actor,
            String what,
            String result,
            @Nullable String detail,
            @Nullable Map<String, ?> data) {
        return new AuditRecord(
                recordKind,
                ((ExecutionEntity) execution).getRootProcessInstanceId(),
                Objects.requireNonNullElse(execution.getProcessBusinessKey(), NO_MESH),
                step,
                actor,
                cluster(execution),
                what,
                result,
                detail,
                data == null ? null : RecordJson.write(data));
    }

    static String stepOf(DelegateExecution execution) {
        return Objects.requireNonNullElse(execution.getCurrentActivityName(), execution.getCurrentActivityId());
    }

    static @Nullable String cluster(DelegateExecution execution) {
        return execution.getVariable(VariableNames.CLUSTER) instanceof String name ? name : null;
    }

    /** The user who is logged in; null for the job executor. */
    static @Nullable String actor() {
        return Context.getCommandContext().getAuthenticatedUserId();
    }
}
