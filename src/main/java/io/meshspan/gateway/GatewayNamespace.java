package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.Optional;

/**
 * The namespace of the gateways, if it is not istio-system. It may exist already, and others may use it. So it gets no label
 * of the mesh, and stays when the mesh is removed.
 */
public final class GatewayNamespace {

    private static final String PURPOSE = "gateway";

    private GatewayNamespace() {}

    /** Empty if the cluster has no gateway, or has it in istio-system. */
    public static Optional<Namespace> desired(Mesh mesh, Member member, HelmValues given) {
        boolean gateway =
                mesh.gateways().contains(member) || (mesh.extras().ingressGateway() && member.role() == Role.PRIMARY);
        return gateway && !mesh.gatewayNamespace().isEmpty()
                ? Optional.of(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(mesh.gatewayNamespace())
                        .addToLabels(MeshNamespaces.marks(given, PURPOSE, "labels"))
                        .addToAnnotations(MeshNamespaces.marks(given, PURPOSE, "annotations"))
                        .endMetadata()
                        .build())
                : Optional.empty();
    }
}
