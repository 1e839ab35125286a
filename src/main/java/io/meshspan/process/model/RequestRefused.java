package io.meshspan.process.model;

import io.meshspan.finding.StepFailed;
import org.camunda.bpm.engine.BadUserRequestException;

/** A start that makes no sense, with everything that is wrong with it; the engine rolls the start back. */
public final class RequestRefused extends BadUserRequestException {

    public RequestRefused(StepFailed refused) {
        super(refused.getMessage());
    }
}
