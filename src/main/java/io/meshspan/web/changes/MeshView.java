package io.meshspan.web.changes;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.TokenExpiration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One version of a declared mesh, for pages and pipelines.
 *
 * @param change that declared it; null if it was read from the clusters
 * @param origin the kind of that change, or {@code take over}
 * @param roots the SHA-256 fingerprints of the root certificates
 * @param values the team's own Helm values; null if there are none
 * @param gatewayNamespace of its gateways
 * @param tokenExpiration for how long the bound tokens in its remote secrets are valid; null if they never expire
 * @param trust the source of trust that the last installation used; null if it is not known
 * @param meshFile the mesh as a mesh file, to start the next change from
 */
record MeshView(
        String mesh,
        int version,
        DeclaredMesh.State state,
        Instant at,
        @Nullable String change,
        String origin,
        @Nullable String person,
        String note,
        String topology,
        String istioVersion,
        String revision,
        @Nullable String hub,
        @Nullable String tag,
        boolean ingressGateway,
        boolean defaultTag,
        List<Part> members,
        List<String> roots,
        @Nullable String values,
        String gatewayNamespace,
        @Nullable String tokenExpiration,
        @Nullable String trust,
        String meshFile) {

    /**
     * A cluster as a member of the mesh.
     *
     * @param controlPlane the primary whose control plane it uses
     * @param leftOut whether the last change excluded it
     * @param alsoIn the other declared meshes that include it
     */
    record Part(
            String cluster,
            String network,
            String role,
            String controlPlane,
            boolean eastWestGateway,
            boolean leftOut,
            List<String> alsoIn) {}

    /** With all versions, newest first. */
    record WithHistory(MeshView mesh, List<MeshView> history) {}

    /** @param others the existing meshes, including this one */
    static MeshView of(DeclaredMesh declared, List<DeclaredMesh> others, String meshFile) {
        Mesh mesh = declared.mesh();
        return new MeshView(
                mesh.id().value(),
                declared.version(),
                declared.state(),
                declared.at(),
                declared.change(),
                declared.origin(),
                declared.person(),
                declared.note(),
                mesh.topology().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                mesh.version().toString(),
                mesh.revision().value(),
                mesh.images().hub(),
                mesh.images().tag(),
                mesh.extras().ingressGateway(),
                mesh.extras().defaultTag(),
                declared.mayBeIn().stream()
                        .map(member -> new Part(
                                member.cluster().value(),
                                member.network().value(),
                                member.role() == Role.PRIMARY ? "primary" : "remote",
                                member.controlPlane().value(),
                                mesh.gateways().contains(member),
                                mesh.leftOut().contains(member.cluster()),
                                others.stream()
                                        .filter(other -> !other.mesh().id().equals(mesh.id()))
                                        .filter(other -> other.mayBeIn().stream()
                                                .anyMatch(part -> part.cluster().equals(member.cluster())))
                                        .map(other -> other.mesh().id().value())
                                        .toList()))
                        .toList(),
                declared.roots(),
                declared.values(),
                mesh.namespaceOfGateways(),
                mesh.boundTokens().map(TokenExpiration::toString).orElse(null),
                declared.trust(),
                meshFile);
    }
}
