package io.meshspan.verification;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.stream.Collectors;

/** A right that this service lacks is a result of the verification, said in the report; any other failure stays one. */
final class PermissionDenied {

    private PermissionDenied() {}

    static String reason(StepFailed failure) {
        if (failure.code() != FailureCode.DENIED) {
            throw failure;
        }
        return failure.findings().stream().map(Finding::toString).collect(Collectors.joining("; "));
    }
}
