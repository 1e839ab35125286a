package io.meshspan.engine.model;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;

/** An invalid request, with everything that is wrong with it. The engine rolls back what it started. */
public final class RequestRefused extends BadUserRequestException {

    private final transient Findings findings;

    private RequestRefused(StepFailed refused) {
        super(refused.getMessage());
        this.findings = new Findings(refused.findings());
    }

    /** Refuses the start with the findings: a BPMN error would leave an ended process behind. */
    public static void ifAnythingIsFound(Runnable check) {
        try {
            check.run();
        } catch (StepFailed found) {
            throw new RequestRefused(found);
        }
    }

    /** The result, or the refusal with the findings. */
    public static <T> T orFound(Supplier<T> look) {
        try {
            return look.get();
        } catch (StepFailed found) {
            throw new RequestRefused(found);
        }
    }

    /** The refusal of a request for one finding. */
    public static RequestRefused of(Finding finding) {
        return new RequestRefused(new StepFailed(FailureCode.INPUT_REJECTED, finding));
    }

    /** Refuses a request if it has any findings. */
    public static void ifAny(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new RequestRefused(new StepFailed(FailureCode.INPUT_REJECTED, findings));
        }
    }

    public Findings findings() {
        return findings;
    }
}
