package io.meshspan.process.engine.identity;

import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.VariableNames;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.context.Context;

/** What a person says when they decide stands under the rules for every other text, however the task is completed. */
final class CommentRule implements TaskListener {

    @Override
    public void notify(DelegateTask task) {
        if (Context.getCommandContext().getAuthenticatedUserId() != null) {
            RequestRefused.ifAny(Submitted.remarkFindings(task, VariableNames.COMMENT));
        }
    }
}
