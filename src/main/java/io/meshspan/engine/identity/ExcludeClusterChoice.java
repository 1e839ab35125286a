package io.meshspan.engine.identity;

import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * The choice to go on without a cluster, when a person decides how a failed change continues. {@code FailedClusterExclusion}
 * has its rules.
 */
public interface ExcludeClusterChoice {

    /** Makes the form offer the choice where it is possible. */
    void offer(DelegateTask task);

    /** @throws io.meshspan.approval.InvalidDecision if this choice is not possible here; says why */
    void check(DelegateTask task);

    /**
     * Records the decision, if it is to go on without a cluster.
     *
     * @throws io.meshspan.approval.InvalidDecision if it is not possible any more
     */
    void decided(DelegateTask task);
}
