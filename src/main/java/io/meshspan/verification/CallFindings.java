package io.meshspan.verification;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which versions did not answer which cluster, and the probable reason. */
final class CallFindings {

    private static final String ROOTS_DIFFER =
            "The clusters' roots differ: compare root-cert.pem of Secret istio-system/cacerts and ConfigMap istio-ca-root-cert"
                    + " between the clusters; a root that came after istiod needs istiod and the workloads restarted.";
    private static final String NO_SIDECAR =
            "The client's pod has no istio-proxy: see the injection webhook of that cluster, then delete the pod so that it is created again.";
    private static final String NO_NAME =
            "The Service helloworld is missing in that cluster, or its DNS does not answer: deploy the sample again.";
    private static final String GATEWAY =
            "The way through the east-west gateway is closed: see that each gateway is Ready with its address, that Gateway"
                    + " cross-network-gateway (expose-services) exists, and that its port for other networks can be reached from"
                    + " the other clusters: 15443, unless networkGatewayPorts or a declared gateway.port says another.";
    private static final String NO_ROUTE =
            "The pods of the clusters do not reach each other directly, as one network requires: see routes and firewalls, or"
                    + " give the clusters networks of their own, with gateways.";
    private static final String LOCAL_ONLY =
            "No call failed, so all calls went to other clusters: see in `istioctl proxy-config endpoints` of the client which addresses"
                    + " it knows. None of that cluster: network labels, the gateway's address, or a PeerAuthentication or"
                    + " DestinationRule that disables mTLS. All, but in another region: locality load balancing.";

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
                        : Stream.of(silent(caller, calls, seen, likelyCause(report, caller, calls, seen))));
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

    /** Why versions do not answer although istiod sees their clusters, judged by the messages of the client's proxy. */
    private static String likelyCause(
            CallReport report, ClusterName caller, ClusterCalls calls, List<ClusterName> silent) {
        if (said(calls, "CERTIFICATE_VERIFY_FAILED")) {
            return ROOTS_DIFFER;
        }
        if (said(calls, "Could not resolve host")) {
            return NO_NAME;
        }
        if (!calls.sidecar()) {
            return NO_SIDECAR;
        }
        if (silent.equals(List.of(caller))) {
            return "Its own version is silent: see that Deployment helloworld-%s is available there."
                    .formatted(report.versions().get(caller));
        }
        if (said(calls, "upstream connect error") || said(calls, "no healthy upstream") || said(calls, "timed out")) {
            return report.multiNetwork() ? GATEWAY : NO_ROUTE;
        }
        return LOCAL_ONLY;
    }

    private static boolean said(ClusterCalls calls, String text) {
        return calls.problems().stream().anyMatch(problem -> problem.contains(text));
    }
}
