package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one cluster at which a verification failed: without it as caller, callee and version, all would be well. */
final class SoleCause {

    private SoleCause() {}

    /** Empty if none would do, or one as well as another. */
    static Optional<ClusterName> of(VerificationReport report) {
        List<ClusterName> candidates = report.calls().versions().keySet().stream()
                .filter(cluster -> without(report.controlPlanes(), cluster).synced()
                        && without(report.calls(), cluster).complete())
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
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
}
