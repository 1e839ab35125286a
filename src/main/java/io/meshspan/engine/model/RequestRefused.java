package io.meshspan.engine.model;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;

/** A request that makes no sense, with everything that is wrong with it; the engine rolls back what it began. */
public final class RequestRefused extends BadUserRequestException {

    private final transient Findings findings;

    private RequestRefused(StepFailed refused) {
        super(refused.getMessage());
        this.findings = new Findings(refused.findings());
    }

    /** Refuses the start with what is found: a BPMN error would leave an ended process behind. */
    public static void ifAnythingIsFound(Runnable check) {
        try {
            check.run();
        } catch (StepFailed found) {
            throw new RequestRefused(found);
        }
    }

    /** What was looked for, or the refusal with what is found instead. */
    public static <T> T orFound(Supplier<T> look) {
        try {
            return look.get();
        } catch (StepFailed found) {
            throw new RequestRefused(found);
        }
    }

    /** Refuses a request of which more cannot be said than this. */
    public static void ifAny(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new RequestRefused(new StepFailed(FailureCode.INPUT_REJECTED, findings));
        }
    }

    public Findings findings() {
        return findings;
    }
}
