package io.meshspan.engine.identity;

import io.meshspan.approval.Approval;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;

/** What stands on record of the plan that an approval task is about; variables can be rewritten, the record cannot. */
public interface RecordedPlan {

    /** Shows in a new approval task what was asked for, as it stands on record. */
    void show(DelegateTask task);

    /**
     * The digest of the plan, where the change has one.
     *
     * @throws io.meshspan.approval.ApprovalRefused if the task shows another plan than the one on record
     */
    Optional<String> digest(DelegateTask task);

    /** Puts the decision beside the plan that it counts for. */
    void decided(DelegateTask task, Approval approval);
}
