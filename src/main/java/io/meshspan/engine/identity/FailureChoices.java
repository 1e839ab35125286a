package io.meshspan.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.ObjectProvider;

/** Lets people choose to go on without a cluster after a failure, if the diagram has a path for it, and carries other decisions out. */
final class FailureChoices implements TaskListener {

    /** The form with all choices. */
    static final String EVERY_CHOICE = "decide-or-roll-back";

    private final ObjectProvider<ExcludeClusterChoice> without;
    private final ObjectProvider<TaskDecision> decisions;
    private final boolean everyChoice;
    private final String form;

    FailureChoices(ObjectProvider<ExcludeClusterChoice> without, ObjectProvider<TaskDecision> decisions, String form) {
        this.without = without;
        this.decisions = decisions;
        this.form = form;
        this.everyChoice = form.equals(EVERY_CHOICE);
    }

    @Override
    public void notify(DelegateTask task) {
        if (task.getEventName().equals(TaskListener.EVENTNAME_CREATE)) {
            ask(task);
        } else {
            DecisionRefused.ifTheRuleSaysSo(() -> decide(task));
        }
    }

    private void ask(DelegateTask task) {
        SubmittedFields.forget(task);
        if (everyChoice) {
            without.getObject().offer(task);
        }
    }

    /** Checks first whether the change can go on without a cluster: the form only hides that choice. */
    private void decide(DelegateTask task) {
        if (everyChoice) {
            without.getObject().check(task);
        }
        SubmittedFields.check(task);
        if (everyChoice) {
            without.getObject().decided(task);
        }
        decisions
                .orderedStream()
                .filter(decision -> decision.form().equals(form))
                .forEach(decision -> decision.decided(task));
    }
}
