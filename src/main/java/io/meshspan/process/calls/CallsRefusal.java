package io.meshspan.process.calls;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;

/** A failure that a person must decide on. The thread that made the calls passes it to the step that reports it. */
record CallsRefusal(FailureCode code, List<Finding> findings) {

    CallsRefusal(StepFailed failure) {
        this(failure.code(), failure.findings());
    }

    StepFailed failure() {
        return new StepFailed(code, findings);
    }
}
