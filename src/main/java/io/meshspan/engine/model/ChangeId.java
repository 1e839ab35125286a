package io.meshspan.engine.model;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

/** The id of a change: the id of its topmost process instance, also within called processes. */
public final class ChangeId {

    private ChangeId() {}

    public static String of(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getRootProcessInstanceId();
    }

    /** The topmost process instance itself. */
    public static ExecutionEntity top(VariableScope execution) {
        ExecutionEntity top = ((ExecutionEntity) execution).getProcessInstance();
        while (top.getSuperExecution() != null) {
            top = top.getSuperExecution().getProcessInstance();
        }
        return top;
    }

    /** Who asked for it, from its history: anybody can submit a variable, even the initiator's. */
    public static Optional<String> requester(String change) {
        return Optional.ofNullable(Context.getCommandContext()
                        .getHistoricProcessInstanceManager()
                        .findHistoricProcessInstance(change))
                .map(HistoricProcessInstance::getStartUserId);
    }

    /** The key of the topmost process. */
    public static String process(VariableScope execution) {
        return top(execution).getProcessDefinition().getKey();
    }

    /** A variable of the topmost process instance, so called processes need no copy. */
    public static @Nullable Object variable(VariableScope execution, String name) {
        return top(execution).getVariable(name);
    }

    /** The definition of the process that this execution is in. */
    public static ProcessDefinition definition(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getProcessDefinition();
    }
}
