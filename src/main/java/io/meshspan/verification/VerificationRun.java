package io.meshspan.verification;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One verification of a mesh, for its history.
 *
 * @param id 0 before it is stored; a later run has a higher one
 * @param origin the key of the process that asked for it
 * @param change null if it was skipped before a change began
 * @param reason why it failed or was skipped; null if it passed
 * @param calls that all clusters made together, with and without an answer
 * @param failedCalls those without an answer
 * @param pairs empty if it ended before the calls
 */
public record VerificationRun(
        long id,
        String mesh,
        Instant at,
        Result result,
        String origin,
        @Nullable String change,
        @Nullable String reason,
        int calls,
        int failedCalls,
        List<ClusterPair> pairs) {

    private static final int LONGEST_REASON = 3900;
    private static final int LONGEST_OF_A_PAIR = 900;

    public VerificationRun {
        pairs = List.copyOf(pairs);
    }

    /** How a verification ends. */
    public enum Result {
        PASSED,
        FAILED,
        /** Not made, because a change held the mesh. */
        SKIPPED
    }

    /**
     * The calls from one cluster to another, or within one.
     *
     * @param reason why no call was answered; null if one was
     * @param calls that the source made in all: each goes to a version that its proxy chooses
     * @param answers those that the target answered
     * @param failedCalls those that no cluster answered
     * @param latency null if it was not measured
     */
    public record ClusterPair(
            String source,
            String target,
            boolean succeeded,
            @Nullable String reason,
            int calls,
            int answers,
            int failedCalls,
            @Nullable CallLatency latency) {

        /** For example {@code cluster1 to cluster2}. */
        public String inWords() {
            return "%s to %s".formatted(source, target);
        }
    }

    public static VerificationRun of(String mesh, Instant at, String origin, String change, VerificationReport report) {
        List<ClusterPair> pairs = report.calls().from().entrySet().stream()
                .flatMap(from -> report.calls().versions().entrySet().stream()
                        .map(to -> pair(from.getKey(), to, from.getValue())))
                .toList();
        int failed = report.calls().from().values().stream()
                .mapToInt(ClusterCalls::silent)
                .sum();
        return new VerificationRun(
                0,
                mesh,
                at,
                report.verified() ? Result.PASSED : Result.FAILED,
                origin,
                change,
                report.verified() ? null : findings(report),
                failed + pairs.stream().mapToInt(ClusterPair::answers).sum(),
                failed,
                pairs);
    }

    /** A verification that came to no report. */
    public static VerificationRun without(
            String mesh, Instant at, Result result, String origin, @Nullable String change, String reason) {
        return new VerificationRun(
                0, mesh, at, result, origin, change, shortened(reason, LONGEST_REASON), 0, 0, List.of());
    }

    private static ClusterPair pair(ClusterName source, Map.Entry<ClusterName, String> target, ClusterCalls calls) {
        int answers = calls.answers().getOrDefault(target.getValue(), 0);
        int made = calls.silent()
                + calls.answers().values().stream().mapToInt(Integer::intValue).sum();
        boolean heard = answers > 0 && calls.notMeasured() == null;
        return new ClusterPair(
                source.value(),
                target.getKey().value(),
                heard,
                heard ? null : shortened(silence(calls, made), LONGEST_OF_A_PAIR),
                made,
                answers,
                calls.silent(),
                calls.times().get(target.getValue()));
    }

    private static String silence(ClusterCalls calls, int made) {
        if (calls.notMeasured() != null) {
            return "not measured: " + calls.notMeasured();
        }
        return "no answer in %d calls%s"
                .formatted(made, calls.problems().isEmpty() ? "" : ": " + String.join("; ", calls.problems()));
    }

    private static String findings(VerificationReport report) {
        return shortened(
                report.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")), LONGEST_REASON);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + " ...";
    }

    /** The pairs without an answer. */
    public List<ClusterPair> failedPairs() {
        return pairs.stream().filter(pair -> !pair.succeeded()).toList();
    }
}
