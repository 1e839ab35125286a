package io.meshspan.mesh;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a mesh, not checked yet. It comes from the fields of a form or from a mesh file, for any topology.
 *
 * @param known the clusters of the inventory with their networks
 * @param misread the parts that could not be read, or that have no meaning here
 */
public record MeshRequest(
        Topology topology,
        RequestedFields fields,
        RequestedClusters clusters,
        Map<ClusterName, NetworkName> known,
        List<Finding> misread) {

    public MeshRequest {
        known = Map.copyOf(known);
        misread = List.copyOf(misread);
    }

    /** The mesh, if the request is valid and names a release that Meshspan knows. */
    public Mesh toMesh() {
        return toMesh(AcceptedReleases.KNOWN);
    }

    /**
     * The mesh, if the request is valid.
     *
     * @throws StepFailed INPUT_REJECTED with everything that is wrong
     */
    public Mesh toMesh(AcceptedReleases releases) {
        List<Finding> findings = RequestRules.findings(this, releases);
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, findings);
        }
        return new Mesh(
                        new MeshId(fields.meshId().text()),
                        topology,
                        IstioVersion.parse(fields.version().text()),
                        ImageSource.of(fields.hub().text(), fields.tag().text()),
                        new Revision(fields.revision().text()),
                        fields.extras(),
                        clusters.all().stream().map(this::member).toList(),
                        Set.of(),
                        fields.values().values(),
                        fields.gatewayNamespace().text())
                .with(TokenExpiration.asked(fields.tokenExpiration().text()).orElse(null));
    }

    /** The same request for another topology. */
    public MeshRequest of(Topology other) {
        return new MeshRequest(other, fields, clusters, known, misread);
    }

    /** The same request with other fields for the whole mesh. */
    public MeshRequest with(RequestedFields others) {
        return new MeshRequest(topology, others, clusters, known, misread);
    }

    /** Whether nothing is wrong with it. */
    public boolean isValid(AcceptedReleases releases) {
        return RequestRules.findings(this, releases).isEmpty();
    }

    private Member member(RequestedCluster cluster) {
        ClusterName name = new ClusterName(cluster.name().text());
        NetworkName network = Objects.requireNonNull(known.get(name));
        Member member = cluster.isRemote()
                ? Member.remote(name, network, controlPlane(cluster))
                : Member.primary(name, network);
        return member.with(cluster.values().values(), gateway(cluster));
    }

    private static @Nullable DeclaredGateway gateway(RequestedCluster cluster) {
        String port = cluster.gatewayPort().text();
        return cluster.gatewayAddress().isAbsent()
                ? null
                : new DeclaredGateway(cluster.gatewayAddress().text(), port.isEmpty() ? null : Integer.valueOf(port));
    }

    private ClusterName controlPlane(RequestedCluster remote) {
        boolean said = !remote.controlPlane().isAbsent();
        RequestField primary = said
                ? remote.controlPlane()
                : clusters.onlyPrimary().orElseThrow().name();
        return new ClusterName(primary.text());
    }

    Optional<NetworkName> knownNetwork(RequestedCluster cluster) {
        return DnsLabel.matches(cluster.name().text())
                ? Optional.ofNullable(known.get(new ClusterName(cluster.name().text())))
                : Optional.empty();
    }
}
