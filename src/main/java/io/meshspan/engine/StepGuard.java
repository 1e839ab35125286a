package io.meshspan.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Runs before each service task, in its transaction. Its exceptions are treated like the step's own. */
public interface StepGuard {

    void check(DelegateExecution step);
}
