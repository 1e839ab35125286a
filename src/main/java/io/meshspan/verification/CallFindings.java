package io.meshspan.verification;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which versions stayed silent for which cluster, and why that is likely so. */
final class CallFindings {

    private final ControlPlaneReport controlPlanes;
    private final CallReport report;

    CallFindings(ControlPlaneReport controlPlanes, CallReport report) {
        this.controlPlanes = controlPlanes;
        this.report = report;
    }

    List<Finding> list() {
        return report.from().entrySet().stream()
                .flatMap(from -> of(from.getKey(), from.getValue()))
                .toList();
    }

    private Stream<Finding> of(ClusterName caller, ClusterCalls calls) {
        if (calls.notMeasured() != null) {
            return Stream.of(notMeasured(caller, calls.notMeasured()));
        }
        List<ClusterName> silent = report.versions().keySet().stream()
                .filter(cluster -> !calls.heard(report.versions().getOrDefault(cluster, "")))
                .toList();
        List<ClusterName> unseen = silent.stream()
                .filter(cluster -> !controlPlanes.sees(calls.controlPlane(), cluster))
                .toList();
        List<ClusterName> seen =
                silent.stream().filter(cluster -> !unseen.contains(cluster)).toList();
        return Stream.concat(
                unseen.stream().map(target -> silent(caller, calls, List.of(target), unseenAdvice(calls, target))),
                seen.isEmpty()
                        ? Stream.of()
                        : Stream.of(silent(caller, calls, seen, LikelyCause.of(report, caller, calls, seen))));
    }

    private Finding notMeasured(ClusterName caller, String reason) {
        return Finding.blocking(
                caller.value(),
                "calls to " + report.url(),
                "answers of every version",
                "not measured: " + reason,
                "Make the client pod Ready and allow this service to create pods/exec in its namespace, then verify again.");
    }

    private Finding silent(ClusterName caller, ClusterCalls calls, List<ClusterName> targets, String advice) {
        String expected = targets.stream()
                .map(target -> report.versions().get(target) + " of " + target)
                .collect(Collectors.joining(", "));
        String problems = calls.problems().isEmpty() ? "" : "; " + String.join("; ", calls.problems());
        return Finding.blocking(
                caller.value(),
                "calls to " + report.url(),
                "answers of " + expected,
                "none in %d calls%s".formatted(calls.calls(), problems),
                advice);
    }

    private String unseenAdvice(ClusterCalls calls, ClusterName target) {
        return "istiod of %s does not see %s (%s), so no proxy that it serves knows of pods there: see to its remote secret first."
                .formatted(calls.controlPlane(), target, controlPlanes.status(calls.controlPlane(), target));
    }
}
