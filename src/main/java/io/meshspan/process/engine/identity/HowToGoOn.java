package io.meshspan.process.engine.identity;

import io.meshspan.approval.ApprovalRefused;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.ObjectProvider;

/** Whoever decides how a change goes on may choose to go on without a cluster where the diagram has a way for it. */
final class HowToGoOn implements TaskListener {

    /** The form with every choice. */
    static final String EVERY_CHOICE = "decide-or-roll-back";

    private final ObjectProvider<GoingOnWithout> without;
    private final boolean everyChoice;

    HowToGoOn(ObjectProvider<GoingOnWithout> without, String form) {
        this.without = without;
        this.everyChoice = form.equals(EVERY_CHOICE);
    }

    @Override
    public void notify(DelegateTask task) {
        try {
            if (task.getEventName().equals(TaskListener.EVENTNAME_CREATE)) {
                ask(task);
            } else {
                decide(task);
            }
        } catch (ApprovalRefused refused) {
            throw new AuthorizationException(refused.getMessage());
        }
    }

    /** Without the answer to an earlier question, which the form would preselect. */
    private void ask(DelegateTask task) {
        FieldsListener.FIELDS.forEach(task::removeVariable);
        if (everyChoice) {
            without.getObject().offer(task);
        }
    }

    private void decide(DelegateTask task) {
        if (everyChoice) {
            without.getObject().decided(task);
        } else {
            without.getObject().refuse(task);
        }
    }
}
