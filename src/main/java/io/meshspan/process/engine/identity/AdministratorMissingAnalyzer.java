package io.meshspan.process.engine.identity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, that somebody must be administrator. */
final class AdministratorMissingAnalyzer extends AbstractFailureAnalyzer<AdministratorMissing> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AdministratorMissing cause) {
        return new FailureAnalysis("Meshspan has no administrator, and comes with no default password.", """
                Name one for the first start, for example in the environment:
                    MESHSPAN_ADMIN_USER=admin MESHSPAN_ADMIN_PASSWORD=...
                (properties meshspan.admin.user and meshspan.admin.password)\
                """, cause);
    }
}
