package io.meshspan.verification;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.stream.Collectors;

/**
 * A permission that this service lacks is a result of the verification and goes into the report. Any other failure is
 * thrown.
 */
final class PermissionDenied {

    private PermissionDenied() {}

    static String reason(StepFailed failure) {
        if (failure.code() != FailureCode.DENIED) {
            throw failure;
        }
        return failure.findings().stream().map(Finding::toString).collect(Collectors.joining("; "));
    }
}
