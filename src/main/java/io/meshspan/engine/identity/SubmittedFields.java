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
 * What a completion writes: the fields of the task's form, with values that it offers, and nothing else. What is written is
 * found by comparing the transaction that completes with what is committed. The second look needs a transaction of its own:
 * inside the first one the engine shows what was submitted.
 */
final class SubmittedFields {

    private SubmittedFields() {}

    /**
     * Takes the answer to an earlier question from a task that asks anew: left in place, it would be preselected in the form,
     * and would count as the answer of whoever completes the task without one.
     */
    static void forget(DelegateTask task) {
        TaskForm.of(task).keys().forEach(task::removeVariable);
    }

    /** @throws InvalidDecision naming each field and the values that there are */
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
