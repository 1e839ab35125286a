package io.meshspan.engine.identity;

import io.meshspan.approval.Approval;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;

/** The recorded plan of an approval task. Variables can be rewritten, the record cannot. */
public interface RecordedPlan {

    /** Shows the recorded request in a new approval task. */
    void show(DelegateTask task);

    /**
     * The digest of the plan, if the change has a plan.
     *
     * @throws io.meshspan.approval.ApprovalRefused if the task shows a plan that is not the recorded one
     */
    Optional<String> digest(DelegateTask task);

    /** Stores the decision with the plan that it is about. */
    void decided(DelegateTask task, Approval approval);
}
