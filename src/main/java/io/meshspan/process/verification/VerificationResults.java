package io.meshspan.process.verification;

import io.meshspan.notification.ChangeNotices;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps the result of each verification, and tells receivers when a mesh begins to fail and when it works again. */
@Component
public class VerificationResults {

    private final VerificationHistory history;
    private final ChangeNotices notices;
    private final MeterRegistry meters;

    VerificationResults(VerificationHistory history, ChangeNotices notices, MeterRegistry meters) {
        this.history = history;
        this.notices = notices;
        this.meters = meters;
    }

    /** In the transaction of the step, if there is one. */
    @Transactional
    public void keep(VerificationRun run) {
        boolean wasFailing = history.isFailing(run.mesh());
        VerificationRun kept = history.add(run);
        boolean isFailing = history.isFailing(run.mesh());
        if (wasFailing != isFailing) {
            notices.verified(
                    kept.mesh(),
                    kept.id(),
                    kept.change(),
                    wasFailing,
                    kept.failedPairs().stream().map(ClusterPair::inWords).toList());
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void afterCommit() {
                count(kept.origin(), kept.result());
            }
        });
    }

    private void count(String origin, Result result) {
        Counter.builder("meshspan.verification.runs")
                .description("Verifications of meshes, by the process that asked for them and their result")
                .tag("origin", origin)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
