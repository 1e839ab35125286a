package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.stream.Stream;

/** What must hold before a cluster is touched; every rule speaks, so that all is said at once. */
final class RequestRules {

    private RequestRules() {}

    static List<Finding> findings(MeshRequest request) {
        boolean empty = request.fields().areAbsent() && request.clusters().areAbsent();
        return empty ? nothingSaid(request) : all(request);
    }

    private static List<Finding> all(MeshRequest request) {
        return Stream.of(
                        request.misread(),
                        FieldRules.findings(request.fields()),
                        ClusterRules.findings(request),
                        NetworkRules.findings(request),
                        RoleRules.findings(request),
                        GatewayRules.findings(request),
                        values(request))
                .flatMap(List::stream)
                .toList();
    }

    /** By themselves; what the charts take is looked at later, when it is known where they are. */
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
