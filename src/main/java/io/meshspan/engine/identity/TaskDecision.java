package io.meshspan.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** What a decision at a task needs beyond its form, and what it does. */
public interface TaskDecision {

    /** The form of the task. */
    String form();

    /**
     * Carries the decision out, in the transaction that completes the task and with the rights of whoever completes it.
     *
     * @throws io.meshspan.approval.InvalidDecision if the decision lacks something; says what
     */
    void decided(DelegateTask task);
}
