package io.meshspan.mesh;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody asked for, not yet believed.
 *
 * @param primary in the primary-remote topologies the cluster with the control plane; empty for the first one
 * @param known the clusters of the inventory with their networks
 * @param unknownFields what was submitted besides
 */
public record MeshRequest(
        Topology topology,
        String meshId,
        String version,
        String hub,
        String tag,
        List<String> clusters,
        String primary,
        Map<ClusterName, NetworkName> known,
        List<String> unknownFields) {

    /**
     * The mesh, if the request makes sense.
     *
     * @throws StepFailed INPUT_REJECTED with everything that is wrong
     */
    public Mesh toMesh() {
        List<Finding> findings = new ArrayList<>(RequestRules.findings(this));
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, findings);
        }
        List<Member> members =
                clusters.stream().map(ClusterName::new).map(this::member).toList();
        return new Mesh(
                new MeshId(meshId),
                topology,
                IstioVersion.parse(version),
                ImageSource.of(hub, tag),
                Revision.NONE,
                ProfileExtras.NONE,
                members);
    }

    private Member member(ClusterName name) {
        NetworkName network = Objects.requireNonNull(known.get(name));
        ClusterName controlPlane = topology.remotes() ? new ClusterName(primaryOrFirst()) : name;
        return name.equals(controlPlane) ? Member.primary(name, network) : Member.remote(name, network, controlPlane);
    }

    private String primaryOrFirst() {
        return primary.isEmpty() ? clusters.get(0) : primary;
    }

    List<String> twice() {
        LinkedHashSet<String> seen = new LinkedHashSet<>();
        return clusters.stream().filter(name -> !seen.add(name)).distinct().toList();
    }
}
