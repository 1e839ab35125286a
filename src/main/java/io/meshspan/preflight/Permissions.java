package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.mesh.Mesh;
import io.meshspan.verification.MeshVerification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Does this service have the permissions for the change? */
@Component
final class Permissions implements Check {

    private final MeshVerification verification;

    Permissions(MeshVerification verification) {
        this.verification = verification;
    }

    @Override
    public String name() {
        return "Permissions";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Access> needed = new ArrayList<>(NeededPermissions.withSampleIn(verification.sampleNamespace()));
        if (!mesh.gatewayNamespace().isEmpty()) {
            needed.addAll(
                    NeededPermissions.forGatewaysIn(mesh.gatewayNamespace()).toList());
        }
        List<Access> denied = cluster.cluster().denied(needed);
        return denied.isEmpty()
                ? List.of()
                : List.of(Finding.blocking(
                        cluster.where(),
                        "rights of this service",
                        "the rights to " + described(denied),
                        "no such rights",
                        "Grant them to the user of this cluster's context, then try again."));
    }

    /** Groups the verbs of each kind, because there can be many. */
    private static String described(List<Access> denied) {
        Map<String, List<String>> verbs = new LinkedHashMap<>();
        denied.forEach(access -> verbs.computeIfAbsent(access.where(), first -> new ArrayList<>())
                .add(access.verb()));
        return verbs.entrySet().stream()
                .map(e -> String.join("/", e.getValue()) + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }
}
