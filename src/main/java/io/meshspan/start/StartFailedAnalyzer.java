package io.meshspan.start;

import io.meshspan.finding.StartFailed;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, what is missing. */
final class StartFailedAnalyzer extends AbstractFailureAnalyzer<StartFailed> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartFailed cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
