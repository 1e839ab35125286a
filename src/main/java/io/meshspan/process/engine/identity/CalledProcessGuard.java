package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** A process that names nobody who may start it is a part of others: started by itself it would skip their approval. */
final class CalledProcessGuard implements ExecutionListener {

    @Override
    public void notify(DelegateExecution started) {
        boolean called = started.getSuperExecution() != null;
        if (!called && Context.getCommandContext().getAuthenticatedUserId() != null) {
            throw new AuthorizationException(
                    "Process %s is a part of others and is started by them alone, behind their approval"
                            .formatted(((ExecutionEntity) started)
                                    .getProcessDefinition()
                                    .getKey()));
        }
    }
}
