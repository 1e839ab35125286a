package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * Takes the answer to an earlier question from an approval that asks anew: left in place, it would be preselected in the
 * form, and would count as the answer of whoever completes the task without one.
 */
final class OpenQuestion implements TaskListener {

    @Override
    public void notify(DelegateTask task) {
        DecisionListener.FIELDS.forEach(task::removeVariable);
    }
}
