package io.meshspan.engine.record;

import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/** The place of an engine event: its mesh, its cluster, and the step by its name in the diagram. */
record EventLocation(String mesh, @Nullable String cluster, String step) {

    static EventLocation of(HistoryEvent event, @Nullable String activityId) {
        return new EventLocation(mesh(event), cluster(event), step(event, activityId));
    }

    private static String mesh(HistoryEvent event) {
        return Optional.ofNullable(commands()
                        .getHistoricProcessInstanceManager()
                        .findHistoricProcessInstance(event.getRootProcessInstanceId()))
                .map(HistoricProcessInstance::getBusinessKey)
                .orElse(ExecutionRecord.NO_MESH);
    }

    private static @Nullable String cluster(HistoryEvent event) {
        String instance = event.getProcessInstanceId();
        ExecutionEntity execution =
                instance == null ? null : commands().getExecutionManager().findExecutionById(instance);
        return execution == null ? null : ExecutionRecord.cluster(execution);
    }

    private static String step(HistoryEvent event, @Nullable String activityId) {
        if (activityId == null || event.getProcessDefinitionId() == null) {
            return "-";
        }
        ActivityImpl activity = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(event.getProcessDefinitionId())
                .findActivity(activityId);
        return activity == null ? activityId : Objects.requireNonNullElse(activity.getName(), activityId);
    }

    private static CommandContext commands() {
        return Context.getCommandContext();
    }
}
