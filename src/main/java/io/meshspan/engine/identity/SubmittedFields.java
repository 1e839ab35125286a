package io.meshspan.engine.identity;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.approval.Submission;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * Checks what a completed task writes: only the fields of its form, with values that the form offers. It compares the
 * transaction that completes the task with the committed state. It reads the committed state in a separate transaction,
 * because the first one already shows the submitted values.
 */
final class SubmittedFields {

    private SubmittedFields() {}

    /**
     * Removes the earlier answer from a task that asks again. Otherwise the form would preselect it, and it would count if
     * the task were completed without an answer.
     */
    static void forget(DelegateTask task) {
        TaskForm.of(task).keys().forEach(task::removeVariable);
    }

    /** @throws InvalidDecision names each wrong field and its valid values */
    static void check(DelegateTask task) {
        TaskForm form = TaskForm.of(task);
        VariableMap values = task.getVariablesTyped(false);
        if (Context.getCommandContext().getAuthenticatedUserId() != null) {
            new Submission(values(committed(task.getId())), values(values)).checkWritesOnly(form.keys());
        }
        form.check(values);
    }

    private static VariableMap committed(String taskId) {
        ProcessEngineConfigurationImpl engine = Context.getProcessEngineConfiguration();
        return engine.getCommandExecutorTxRequiresNew()
                .execute(commands -> commands.runWithoutAuthorization(
                        () -> commands.getTaskManager().findTaskById(taskId).getVariablesTyped(false)));
    }

    private static Map<String, Object> values(VariableMap variables) {
        Map<String, Object> values = new HashMap<>();
        variables.keySet().forEach(name -> values.put(name, comparable(variables.getValueTyped(name))));
        return values;
    }

    private static Object comparable(TypedValue value) {
        Object content = value instanceof SerializableValue s ? s.getValueSerialized() : value.getValue();
        Object equal = content instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : content;
        return List.of(String.valueOf(value.getType()), Objects.requireNonNullElse(equal, "null"));
    }
}
