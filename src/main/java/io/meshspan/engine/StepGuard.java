package io.meshspan.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Asked before each service task, in its transaction; what it throws is treated as if the step had thrown it. */
public interface StepGuard {

    void check(DelegateExecution step);
}
