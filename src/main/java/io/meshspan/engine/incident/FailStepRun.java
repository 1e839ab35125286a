package io.meshspan.engine.incident;

import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.FailureCode;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The last run of a step that nobody tries again: it does not begin, but fails with what its attempts failed with. Known
 * to the thread of that run alone, so no variable can bring it about, and nothing of it is left after a crash.
 */
public final class FailStepRun {

    private static final ThreadLocal<FailStepRun> RUN = new ThreadLocal<>();

    private final FailureCode code;
    private final String message;

    private FailStepRun(FailureCode code, String message) {
        this.code = code;
        this.message = message;
    }

    /** @throws IllegalStateException if the run came to no step, and so to no person either */
    static void during(FailureCode code, String message, Runnable run) {
        RUN.set(new FailStepRun(code, message));
        try {
            run.run();
            if (RUN.get() != null) {
                throw new IllegalStateException("What failed is no step that could be put before a person");
            }
        } finally {
            RUN.remove();
        }
    }

    /** Asked before each step. */
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
