package io.meshspan.process.engine.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateAllMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteDeploymentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricTaskInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstancesByProcessInstanceIdCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteJobCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByIdsCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByKeyCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserOperationLogEntryCmd;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskFailureCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.PatchExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationCmd;
import org.camunda.bpm.engine.impl.cmd.RecalculateJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.cmd.SetExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.SetProcessDefinitionVersionCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateProcessDefinitionHistoryTimeToLiveCmd;
import org.camunda.bpm.engine.impl.cmd.batch.CorrelateAllMessageBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.DeleteHistoricProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.DeleteProcessInstanceBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.variables.SetVariablesToProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.migration.MigrateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.migration.batch.MigrateProcessInstanceBatchCmd;

/** The engine's commands that lead around an approval or rewrite what one rests on, with the words that refuse them. */
enum ClosedDoor {
    MOVES(
            "A change runs from its start to its end, and a task ends by its form;"
                    + " to leave the way, delete the instance and start again",
            StartProcessInstanceAtActivitiesCmd.class,
            RestartProcessInstancesCmd.class,
            RestartProcessInstancesBatchCmd.class,
            ModifyProcessInstanceCmd.class,
            ModifyProcessInstanceAsyncCmd.class,
            ProcessInstanceModificationCmd.class,
            ProcessInstanceModificationBatchCmd.class,
            MigrateProcessInstanceCmd.class,
            MigrateProcessInstanceBatchCmd.class,
            SetProcessDefinitionVersionCmd.class,
            DelegateTaskCmd.class,
            ResolveTaskCmd.class,
            HandleTaskBpmnErrorCmd.class,
            HandleTaskEscalationCmd.class,
            DeleteProcessInstanceBatchCmd.class),

    EVENTS(
            "What a change waits for happens in its clusters or is decided in its tasks; nobody reports it by hand",
            SignalCmd.class,
            SignalEventReceivedCmd.class,
            MessageEventReceivedCmd.class,
            CorrelateMessageCmd.class,
            CorrelateAllMessageCmd.class,
            CorrelateAllMessageBatchCmd.class,
            EvaluateStartConditionCmd.class),

    JOBS(
            "Steps and timers are the engine's to run; to repeat a failed step, increase the retries of its job",
            ExecuteJobsCmd.class,
            DeleteJobCmd.class,
            DeleteJobsCmd.class,
            SetJobDuedateCmd.class,
            RecalculateJobDuedateCmd.class),

    EXTERNAL_WORK(
            "No step of a change is done from outside",
            CompleteExternalTaskCmd.class,
            HandleExternalTaskBpmnErrorCmd.class,
            HandleExternalTaskFailureCmd.class),

    VARIABLES(
            "The variables of a change are written by its steps and forms alone: its approval rests on them",
            SetExecutionVariablesCmd.class,
            PatchExecutionVariablesCmd.class,
            RemoveExecutionVariablesCmd.class,
            SetTaskVariablesCmd.class,
            PatchTaskVariablesCmd.class,
            RemoveTaskVariablesCmd.class,
            SetVariablesToProcessInstancesBatchCmd.class),

    DEPLOYMENTS(
            "Diagrams and forms come with the release of this service; a change in them is a new release",
            DeployCmd.class,
            DeleteDeploymentCmd.class,
            DeleteProcessDefinitionsByIdsCmd.class,
            DeleteProcessDefinitionsByKeyCmd.class),

    FILTERS(
            "Filters come with the release of this service: an expression in one would run as the service itself",
            SaveFilterCmd.class,
            DeleteFilterCmd.class),

    HISTORY(
            "What happened stays on record until its time to live is over",
            DeleteHistoricProcessInstancesCmd.class,
            DeleteHistoricProcessInstancesBatchCmd.class,
            DeleteHistoricTaskInstanceCmd.class,
            DeleteHistoricVariableInstanceCmd.class,
            DeleteHistoricVariableInstancesByProcessInstanceIdCmd.class,
            DeleteUserOperationLogEntryCmd.class,
            SetRemovalTimeToHistoricProcessInstancesCmd.class,
            UpdateProcessDefinitionHistoryTimeToLiveCmd.class);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes
    private final Set<Class<?>> commands;

    ClosedDoor(String words, Class<?>... commands) {
        this.words = words;
        this.commands = Set.of(commands);
    }

    static Optional<ClosedDoor> of(Class<?> command) {
        return Arrays.stream(values())
                .filter(door -> door.commands.contains(command))
                .findFirst();
    }

    String words() {
        return words;
    }
}
