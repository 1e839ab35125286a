package io.meshspan.web;

import io.meshspan.finding.PassingFault;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A step whose cluster does not answer until somebody mends it. */
class UnreachableCluster implements JavaDelegate {

    static final String WORDS = "cluster1: the API server does not answer";

    private volatile boolean mended;

    @Override
    public void execute(DelegateExecution execution) {
        if (!mended) {
            throw new PassingFault(WORDS);
        }
    }

    void mend() {
        mended = true;
    }

    void breakAgain() {
        mended = false;
    }
}
