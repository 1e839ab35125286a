package io.meshspan.engine.incident;

import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.FailureCode;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The last run of a step that nobody tries again: the step does not start, but fails with the error of its earlier attempts.
 * Only the thread of that run knows this, so no variable can cause it, and nothing remains after a crash.
 */
public final class FailStepRun {

    private static final ThreadLocal<FailStepRun> RUN = new ThreadLocal<>();

    private final FailureCode code;
    private final String message;

    private FailStepRun(FailureCode code, String message) {
        this.code = code;
        this.message = message;
    }

    /** @throws IllegalStateException if the run reached no step, so no person is asked */
    static void during(FailureCode code, String message, Runnable run) {
        RUN.set(new FailStepRun(code, message));
        try {
            run.run();
            if (RUN.get() != null) {
                throw new IllegalStateException("The job that failed has no step that a person could decide on");
            }
        } finally {
            RUN.remove();
        }
    }

    /** Called before each step. */
    public static void check(DelegateExecution step) {
        FailStepRun run = RUN.get();
        if (run != null) {
            RUN.remove();
            run.fail(step);
        }
    }

    private void fail(DelegateExecution step) {
        FailedCluster.writeNamed(step, message);
        if (code == FailureCode.WAIT_ENDED || step.getVariable(VariableNames.CLUSTER) == null) {
            FailedCluster.tellCaller(step);
        }
        throw new BpmnError(code.name(), LongText.shortened(code.meaning() + ":\n" + message));
    }
}
