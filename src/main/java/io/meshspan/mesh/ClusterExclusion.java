package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks whether the remaining clusters are still a mesh when a cluster is left out. It uses the rules for requests. */
public final class ClusterExclusion {

    private static final String WHERE = "what stays";

    private ClusterExclusion() {}

    /** The problems of the remaining clusters; empty if they are a mesh. */
    public static List<Finding> findings(Mesh mesh, ClusterName cluster) {
        // The release was accepted when the change began.
        return RequestRules.findings(request(mesh.without(Set.of(cluster))), AcceptedReleases.AND_NEWER);
    }

    /** Accepts any topology: the remaining clusters may be on one network even if the request had several. */
    private static MeshRequest request(Mesh mesh) {
        List<RequestedCluster> clusters =
                mesh.staying().stream().map(ClusterExclusion::requested).toList();
        return new MeshRequest(
                Topology.MIXED, fields(mesh), RequestedClusters.of(clusters, WHERE), networks(mesh), List.of());
    }

    private static RequestedCluster requested(Member member) {
        return member.role() == Role.PRIMARY
                ? RequestedCluster.primary(said(member.cluster()))
                : RequestedCluster.remote(said(member.cluster()), said(member.controlPlane()));
    }

    private static RequestedFields fields(Mesh mesh) {
        RequestField nothing = RequestField.nothing(WHERE);
        return new RequestedFields(said(mesh.id()), said(mesh.version()), nothing, nothing, nothing, mesh.extras());
    }

    private static Map<ClusterName, NetworkName> networks(Mesh mesh) {
        return mesh.staying().stream().collect(Collectors.toMap(Member::cluster, Member::network));
    }

    private static RequestField said(Object value) {
        return RequestField.text(value.toString(), WHERE);
    }
}
