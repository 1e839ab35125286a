package io.meshspan.process.engine.identity;

import io.meshspan.process.model.ChangeId;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** A change that lost a part, or a part that lost its change, would go on to do what nobody approved. */
final class PartialDeletionGuard implements ExecutionListener {

    @Override
    public void notify(DelegateExecution ended) {
        ExecutionEntity instance = (ExecutionEntity) ended;
        if (instance.isDeleteRoot()
                && !whole(instance)
                && Context.getCommandContext().getAuthenticatedUserId() != null) {
            throw new AuthorizationException(
                    "A change is deleted as a whole, by deleting process instance %s without leaving any called one behind"
                            .formatted(ChangeId.of(ended)));
        }
    }

    private static boolean whole(ExecutionEntity instance) {
        return ChangeId.top(instance).isDeleteRoot() && !instance.isSkipSubprocesses();
    }
}
