package io.meshspan.engine.record;

import io.meshspan.engine.model.ChangeId;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;

/**
 * Ends a change as its requester asks. The caller makes sure that the change only waits for people and has written nothing.
 * No diagram knows of it, so changes that an earlier version began can be withdrawn, too.
 */
@Component
public final class Withdrawals {

    static final String OUTCOME = "Change withdrawn";

    private static final String VARIABLE = "withdrawn";

    private final ProcessEngine engine;

    Withdrawals(ProcessEngine engine) {
        this.engine = engine;
    }

    /**
     * Returns whether the change still ran as it did; if not, somebody has just decided. The database tells that by a row that
     * has changed or is gone, or by a reference to it.
     *
     * @param comment why; may be empty
     * @throws AuthorizationException for anybody but the requester
     */
    public boolean withdraw(String change, String comment) {
        try {
            return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                    .getCommandExecutorTxRequired()
                    .execute(commands -> withdraw(commands, change, comment));
        } catch (OptimisticLockingException | ProcessEnginePersistenceException decided) {
            return false;
        }
    }

    private static boolean withdraw(CommandContext commands, String change, String comment) {
        checkRequester(commands, change);
        ExecutionEntity root = commands.getExecutionManager().findExecutionById(change);
        if (root == null) {
            return false;
        }
        root.setVariableLocal(VARIABLE, true);
        // The record of the end names who withdrew it and why; an entry "Delete" besides would only confuse.
        commands.disableUserOperationLog();
        try {
            commands.runWithoutAuthorization(() ->
                    new DeleteProcessInstanceCmd(change, comment, false, true, false, false, true).execute(commands));
        } finally {
            commands.enableUserOperationLog();
        }
        return true;
    }

    private static void checkRequester(CommandContext commands, String change) {
        if (ChangeId.requester(change)
                .filter(requester -> requester.equals(commands.getAuthenticatedUserId()))
                .isEmpty()) {
            throw new AuthorizationException(
                    "Only who asked for this change can withdraw it; a change manager can reject it");
        }
    }

    static boolean is(DelegateExecution change) {
        return Boolean.TRUE.equals(change.getVariable(VARIABLE));
    }
}
