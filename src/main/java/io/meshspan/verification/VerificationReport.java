package io.meshspan.verification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The result of a verification: the measurements and the findings. Jackson writes and reads it. */
@JsonIgnoreProperties(value = "verified", allowGetters = true)
public record VerificationReport(ControlPlaneReport controlPlanes, CallReport calls, List<Finding> findings) {

    public VerificationReport {
        findings = List.copyOf(findings);
    }

    /** Whether every control plane is in sync, and every cluster got an answer from every version. */
    @JsonProperty
    public boolean verified() {
        return controlPlanes.synced() && calls.complete();
    }

    /** The only cluster that keeps the others from being verified; empty if there is none, or more than one. */
    public Optional<ClusterName> soleCause() {
        if (verified()) {
            return Optional.empty();
        }
        List<ClusterName> candidates = calls.versions().keySet().stream()
                .filter(cluster -> without(controlPlanes, cluster).synced()
                        && without(calls, cluster).complete())
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Plain text for people: one line for each control plane, one for each calling cluster, then the findings. */
    public String text() {
        return Stream.of(
                        Stream.of(verified() ? "Verified" : "Not verified", "Control planes"),
                        controlPlanes.readers().entrySet().stream()
                                .map(e -> line(e.getKey(), controlPlane(e.getValue()))),
                        Stream.of("Calls to " + calls.url()),
                        calls.from().entrySet().stream().map(e -> line(e.getKey(), calls(e.getValue()))),
                        findings.isEmpty() ? Stream.<String>of() : Stream.of("Findings"),
                        findings.stream().map(finding -> "  " + finding))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static ControlPlaneReport without(ControlPlaneReport report, ClusterName cluster) {
        SortedMap<ClusterName, ControlPlaneView> readers = new TreeMap<>();
        report.readers().forEach((reader, view) -> {
            if (!reader.equals(cluster)) {
                readers.put(reader, without(view, cluster));
            }
        });
        return new ControlPlaneReport(readers);
    }

    private static ControlPlaneView without(ControlPlaneView view, ClusterName cluster) {
        List<ClusterName> targets = view.targets().stream()
                .filter(target -> !target.equals(cluster))
                .toList();
        return new ControlPlaneView(targets, view.replicas(), view.notMeasured());
    }

    private static CallReport without(CallReport report, ClusterName cluster) {
        SortedMap<ClusterName, String> versions = new TreeMap<>(report.versions());
        SortedMap<ClusterName, ClusterCalls> from = new TreeMap<>(report.from());
        versions.remove(cluster);
        from.remove(cluster);
        return new CallReport(report.url(), report.multiNetwork(), versions, from);
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
