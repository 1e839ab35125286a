package io.meshspan.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * Going on without a cluster, among the choices of whoever decides how a change goes on; the rules of it are in
 * {@code FailedClusterExclusion}.
 */
public interface ExcludeClusterChoice {

    /** Lets the form offer it where it makes sense. */
    void offer(DelegateTask task);

    /** @throws io.meshspan.approval.InvalidDecision if that is decided where it makes no sense, with the reason */
    void check(DelegateTask task);

    /**
     * Puts the decision on record, if it is the one to go on without a cluster.
     *
     * @throws io.meshspan.approval.InvalidDecision if it makes no sense any more
     */
    void decided(DelegateTask task);
}
