package io.meshspan.web.changes;

import io.meshspan.verification.CallLatency;
import io.meshspan.verification.VerificationRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One verification of a mesh.
 *
 * @param origin the key of the process that asked for it
 * @param change null if it was skipped before a change began
 * @param reason why it failed or was skipped; null if it passed
 * @param calls that all clusters made together
 * @param failedCalls those that no cluster answered
 */
record VerificationView(
        String id,
        String mesh,
        Instant at,
        VerificationRun.Result result,
        String origin,
        @Nullable String change,
        @Nullable String reason,
        int calls,
        int failedCalls) {

    /**
     * The calls from one cluster to another, or within one.
     *
     * @param reason why none was answered; null if one was
     * @param calls that the source made, to all clusters
     * @param answers those that the target answered
     * @param failedCalls of the source, which no cluster answered
     * @param medianMs within the calling pod; null if it was not measured
     */
    record Pair(
            String source,
            String target,
            boolean succeeded,
            @Nullable String reason,
            int calls,
            int answers,
            int failedCalls,
            @Nullable Double medianMs,
            @Nullable Double slowestMs) {}

    /** @param pairs empty if it ended before the calls */
    record WithPairs(VerificationView verification, List<Pair> pairs) {}

    static VerificationView of(VerificationRun run) {
        return new VerificationView(
                String.valueOf(run.id()),
                run.mesh(),
                run.at(),
                run.result(),
                run.origin(),
                run.change(),
                run.reason(),
                run.calls(),
                run.failedCalls());
    }

    static WithPairs withPairs(VerificationRun run) {
        return new WithPairs(
                of(run), run.pairs().stream().map(VerificationView::pair).toList());
    }

    private static Pair pair(VerificationRun.ClusterPair pair) {
        CallLatency latency = pair.latency();
        return new Pair(
                pair.source(),
                pair.target(),
                pair.succeeded(),
                pair.reason(),
                pair.calls(),
                pair.answers(),
                pair.failedCalls(),
                latency == null ? null : latency.medianMillis(),
                latency == null ? null : latency.slowestMillis());
    }
}
