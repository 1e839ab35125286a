package io.meshspan.process.calls;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;

/** What a person must weigh, on its way from the thread that made the calls to the step that tells it. */
record CallsRefusal(FailureCode code, List<Finding> findings) {

    CallsRefusal(StepFailed failure) {
        this(failure.code(), failure.findings());
    }

    StepFailed failure() {
        return new StepFailed(code, findings);
    }
}
