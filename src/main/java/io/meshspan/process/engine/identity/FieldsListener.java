package io.meshspan.process.engine.identity;

import io.meshspan.approval.ApprovalRefused;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.context.Context;

/** A person who completes a task without approval writes its decision and no more; not the plan that was approved. */
final class FieldsListener implements TaskListener {

    static final Set<String> FIELDS = Set.of("decision", "comment");

    @Override
    public void notify(DelegateTask task) {
        try {
            if (Context.getCommandContext().getAuthenticatedUserId() != null) {
                SubmittedVariables.of(task).checkWritesOnly(FIELDS);
            }
        } catch (ApprovalRefused refused) {
            throw new AuthorizationException(refused.getMessage());
        }
    }
}
