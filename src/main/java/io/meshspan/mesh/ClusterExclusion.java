package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what stays when a cluster is left out is a mesh, by the rules that judge what is asked for. */
public final class ClusterExclusion {

    private static final String WHERE = "what stays";

    private ClusterExclusion() {}

    /** What would be wrong with the others; empty if they are a mesh by themselves. */
    public static List<Finding> findings(Mesh mesh, ClusterName cluster) {
        return RequestRules.findings(request(mesh.without(Set.of(cluster))));
    }

    /** Of any topology: the clusters that stay may be on one network, where several were asked for. */
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
