package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** Going on without a cluster, among the choices of whoever decides how a change goes on. */
public interface GoingOnWithout {

    /** Lets the form offer it where it makes sense. */
    void offer(DelegateTask task);

    /**
     * Puts the decision on record, if it is the one to go on without a cluster.
     *
     * @throws io.meshspan.approval.ApprovalRefused if it makes no sense here, with the reason
     */
    void decided(DelegateTask task);

    /** @throws io.meshspan.approval.ApprovalRefused if that was decided, where no such choice is */
    void refuse(DelegateTask task);
}
