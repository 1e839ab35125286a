package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A verification in plain text: a line a control plane, a line a caller, then the findings. */
final class ReportText {

    private ReportText() {}

    static String of(VerificationReport report) {
        CallReport calls = report.calls();
        return Stream.of(
                        Stream.of(report.verified() ? "Verified" : "Not verified", "Control planes"),
                        report.controlPlanes().readers().entrySet().stream()
                                .map(e -> line(e.getKey(), controlPlane(e.getValue()))),
                        Stream.of("Calls to " + calls.url()),
                        calls.from().entrySet().stream().map(e -> line(e.getKey(), calls(e.getValue()))),
                        report.findings().isEmpty() ? Stream.<String>of() : Stream.of("Findings"),
                        report.findings().stream().map(finding -> "  " + finding))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(ClusterName cluster, String text) {
        return "  %s: %s".formatted(cluster, text);
    }

    private static String controlPlane(ControlPlaneView view) {
        if (view.notMeasured() != null) {
            return "not measured: " + view.notMeasured();
        }
        if (view.replicas().isEmpty()) {
            return "no Ready istiod";
        }
        return view.targets().isEmpty()
                ? "no other cluster to watch"
                : view.targets().stream()
                        .map(target -> target + " " + view.status(target))
                        .collect(Collectors.joining(", "));
    }

    private static String calls(ClusterCalls calls) {
        if (calls.notMeasured() != null) {
            return "not measured: " + calls.notMeasured();
        }
        return calls.answers().entrySet().stream()
                .map((Map.Entry<String, Integer> e) -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", ", "", " (at most %d calls)".formatted(calls.calls())));
    }
}
