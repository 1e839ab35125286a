package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ExecResult;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Calls HelloWorld from every cluster's client, all clusters side by side, one exec each. */
@Component
final class CrossClusterCalls {

    private static final String CLIENT = "curl";
    private static final int SECONDS_A_CALL = 5;

    /** Calls that get no answer at all are slow: this many, a minute's worth, say enough. */
    private static final int MOST_SILENT_CALLS = 12;

    private final Clusters clusters;
    private final VerificationProperties properties;

    CrossClusterCalls(Clusters clusters, VerificationProperties properties) {
        this.clusters = clusters;
        this.properties = properties;
    }

    CallReport call(Mesh mesh) {
        SortedMap<ClusterName, String> versions = SampleVersions.of(mesh);
        return new CallReport(
                url(),
                mesh.networks().size() > 1,
                versions,
                clusters.inEachForLong(mesh.clusters(), cluster -> from(cluster, mesh)));
    }

    private ClusterCalls from(Cluster cluster, Mesh mesh) {
        ClusterName controlPlane = mesh.member(cluster.name()).controlPlane();
        int calls = CallsNeeded.toHear(mesh.clusters().size(), properties.missChance());
        try {
            return ReadyPods.of(cluster, properties.namespace(), Map.of("app", CLIENT)).stream()
                    .findFirst()
                    .map(pod -> measured(cluster, pod, controlPlane, calls, mesh))
                    .orElseGet(() -> notMeasured(
                            controlPlane,
                            calls,
                            "no pod of Deployment %s/curl is Ready".formatted(properties.namespace())));
        } catch (StepFailed failure) {
            return notMeasured(controlPlane, calls, PermissionDenied.reason(failure));
        }
    }

    private ClusterCalls measured(Cluster cluster, Pod pod, ClusterName controlPlane, int calls, Mesh mesh) {
        ExecResult result = cluster.exec(
                properties.namespace(),
                pod.getMetadata().getName(),
                CLIENT,
                limit(calls),
                "sh",
                "-c",
                script(calls, SampleVersions.inOrder(mesh)));
        HelloAnswers heard = HelloAnswers.in(result, SampleVersions.inOrder(mesh));
        return new ClusterCalls(controlPlane, calls, heard.counts(), heard.problems(), sidecar(pod), null);
    }

    private static ClusterCalls notMeasured(ClusterName controlPlane, int calls, String reason) {
        return new ClusterCalls(controlPlane, calls, Map.of(), List.of(), false, reason);
    }

    private String url() {
        return "helloworld.%s:5000/hello".formatted(properties.namespace());
    }

    private String script(int calls, List<String> versions) {
        return CallLoop.script(url(), calls, versions, SECONDS_A_CALL, MOST_SILENT_CALLS);
    }

    /** Time for the silent calls at their worst, and a second for each of the others. */
    private static Duration limit(int calls) {
        return Duration.ofSeconds((long) MOST_SILENT_CALLS * SECONDS_A_CALL + calls);
    }

    /** A native sidecar is among the init containers. */
    private static boolean sidecar(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .map(Container::getName)
                .anyMatch("istio-proxy"::equals);
    }
}
