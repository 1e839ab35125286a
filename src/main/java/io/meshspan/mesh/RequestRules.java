package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that must hold before Meshspan touches a cluster. All of them report, so that people see every problem at once.
 */
final class RequestRules {

    private RequestRules() {}

    static List<Finding> findings(MeshRequest request, AcceptedReleases releases) {
        boolean empty = request.fields().areAbsent() && request.clusters().areAbsent();
        return empty ? nothingSaid(request) : all(request, releases);
    }

    private static List<Finding> all(MeshRequest request, AcceptedReleases releases) {
        return Stream.of(
                        request.misread(),
                        FieldRules.findings(request.fields(), releases),
                        ClusterRules.findings(request),
                        NetworkRules.findings(request),
                        RoleRules.findings(request),
                        GatewayRules.findings(request),
                        values(request))
                .flatMap(List::stream)
                .toList();
    }

    /** Checks the values alone. The check against the charts comes later, when their location is known. */
    private static List<Finding> values(MeshRequest request) {
        return Stream.concat(
                        Stream.of(request.fields().values()),
                        request.clusters().all().stream().map(RequestedCluster::values))
                .flatMap(values -> ValuesRules.findings(values).stream())
                .toList();
    }

    private static List<Finding> nothingSaid(MeshRequest request) {
        Finding finding = Finding.blocking(
                request.fields().meshId().where(),
                "meshFile",
                "a mesh file, or the fields meshId, istioVersion and clusters",
                "neither",
                "Say which mesh is wanted.");
        return request.misread().isEmpty() ? List.of(finding) : request.misread();
    }
}
