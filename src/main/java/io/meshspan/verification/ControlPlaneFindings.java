package io.meshspan.verification;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.stream.Stream;

/** Why a control plane cannot watch one of its clusters. */
final class ControlPlaneFindings {

    private ControlPlaneFindings() {}

    static List<Finding> of(ControlPlaneReport report) {
        return report.readers().entrySet().stream()
                .flatMap(reader -> of(reader.getKey(), reader.getValue()))
                .toList();
    }

    private static Stream<Finding> of(ClusterName reader, ControlPlaneView view) {
        if (view.notMeasured() != null) {
            return Stream.of(finding(
                    reader,
                    "istiod " + Clusterz.PATH,
                    "an answer",
                    "not measured: " + view.notMeasured(),
                    "Allow this service to create pods/portforward in istio-system there, and verify again."));
        }
        if (view.replicas().isEmpty()) {
            return Stream.of(finding(
                    reader,
                    "pods app=istiod in istio-system",
                    "at least one Ready",
                    "none",
                    "See why istiod does not become Ready there, and verify again."));
        }
        return view.targets().stream()
                .filter(target -> !view.status(target).equals(Clusterz.SYNCED))
                .map(target -> finding(
                        reader,
                        "istiod's view of " + target,
                        Clusterz.SYNCED,
                        view.status(target),
                        advice(reader, target, view.status(target))));
    }

    private static String advice(ClusterName reader, ClusterName target, String status) {
        String secret = "Secret istio-system/istio-remote-secret-%s (or its name in Istio)".formatted(target);
        return status.equals(Clusterz.MISSING)
                ? "%s is missing in %s, lacks the label istio/multiCluster=true, or its data key is not the name of %s in Istio: exchange the remote secrets again."
                        .formatted(secret, reader, target)
                : "The API server of %s may be out of istiod's reach from %s, or the token in %s lacks rights or is no longer valid: see istiod's log there."
                        .formatted(target, reader, secret);
    }

    private static Finding finding(ClusterName reader, String what, String expected, String found, String advice) {
        return Finding.blocking(reader.value(), what, expected, found, advice);
    }
}
