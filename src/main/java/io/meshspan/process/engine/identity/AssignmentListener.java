package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Nobody holds an approval task who could not decide on it, whether by claim, assignment, delegation or diagram. */
final class AssignmentListener implements TaskListener {

    private final Gate gate;

    AssignmentListener(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void notify(DelegateTask task) {
        String assignee = task.getAssignee();
        if (assignee != null && assignee.isBlank()) {
            throw new AuthorizationException("A task is held by a person; name the user who takes it");
        }
        if (assignee != null) {
            DecisionRefused.ifTheRuleSaysSo(() -> gate.fourEyes(task).checkHolder(Gate.person(assignee)));
        }
    }
}
