package io.meshspan.process.engine.identity;

import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Refuses, to everybody who is logged in, the commands that lead around an approval: the right to start a process
 * includes starting it behind the approval, and the right to work on a task includes ending it by an error or writing
 * variables by resolving it.
 */
final class SideDoors extends CommandInterceptor {

    private static final Set<Class<?>> CLOSED = Set.of(
            StartProcessInstanceAtActivitiesCmd.class,
            RestartProcessInstancesCmd.class,
            RestartProcessInstancesBatchCmd.class,
            ModifyProcessInstanceCmd.class,
            ModifyProcessInstanceAsyncCmd.class,
            ProcessInstanceModificationCmd.class,
            ProcessInstanceModificationBatchCmd.class,
            ResolveTaskCmd.class,
            HandleTaskBpmnErrorCmd.class,
            HandleTaskEscalationCmd.class);

    private final ProcessEngineConfigurationImpl engine;

    SideDoors(ProcessEngineConfigurationImpl engine) {
        this.engine = engine;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (CLOSED.contains(command.getClass()) && somebodyIsLoggedIn()) {
            throw new AuthorizationException("A change runs from its start to its end, and a task ends by its form;"
                    + " to leave the way, delete the instance and start again");
        }
        return next.execute(command);
    }

    private boolean somebodyIsLoggedIn() {
        return engine.getIdentityService().getCurrentAuthentication() != null;
    }
}
