package io.meshspan.process.model;

import io.meshspan.finding.StepFailed;
import org.camunda.bpm.engine.BadUserRequestException;

/** A start that makes no sense, with everything that is wrong with it; the engine rolls the start back. */
public final class RequestRefused extends BadUserRequestException {

    private RequestRefused(StepFailed refused) {
        super(refused.getMessage());
    }

    /** Refuses the start with what is found: a BPMN error would leave an ended process behind. */
    public static void ifAnythingIsFound(Runnable check) {
        try {
            check.run();
        } catch (StepFailed found) {
            throw new RequestRefused(found);
        }
    }
}
