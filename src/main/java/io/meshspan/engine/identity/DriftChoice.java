package io.meshspan.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** What a decision on a drift needs beyond its form, and what it does. */
public interface DriftChoice {

    /** The form of the task. */
    String FORM = "decide-on-drift";

    /**
     * Carries the decision out, in the transaction that completes the task and with the rights of whoever completes it.
     *
     * @throws io.meshspan.approval.InvalidDecision if the decision lacks something; says what
     */
    void decided(DelegateTask task);
}
