package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** A change starts by the diagram of the release that runs: an earlier one, kept for changes under way, may ask less. */
final class LatestVersionGuard implements ExecutionListener {

    @Override
    public void notify(DelegateExecution started) {
        ProcessDefinitionEntity diagram = ((ExecutionEntity) started).getProcessDefinition();
        CommandContext commands = Context.getCommandContext();
        int newest = commands.getProcessDefinitionManager()
                .findLatestProcessDefinitionByKey(diagram.getKey())
                .getVersion();
        if (diagram.getVersion() < newest && commands.getAuthenticatedUserId() != null) {
            throw new AuthorizationException(
                    "Process %s is started by its newest diagram, version %d, not by version %d"
                            .formatted(diagram.getKey(), newest, diagram.getVersion()));
        }
    }
}
