package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.Map;

/**
 * Namespace istio-system with its network label. Helm and istioctl do not label an existing namespace, so this always sets
 * the label ({@code CreateNamespace} in operator/pkg/util/k8s.go).
 */
public final class IstioNamespace {

    public static final String NAME = "istio-system";
    private static final String PURPOSE = "istioSystem";
    private static final String CONTROL_PLANE = "topology.istio.io/controlPlaneClusters";
    private static final String NETWORK = "topology.istio.io/network";

    private IstioNamespace() {}

    /**
     * A remote's namespace names its control plane before that gets the remote secret: istiod checks only once ({@code
     * checkShouldLead} in pilot/pkg/serviceregistry/kube/controller/multicluster.go).
     *
     * @param given the requested labels and annotations
     */
    public static Namespace desired(Mesh mesh, Member member, HelmValues given) {
        Map<String, String> annotations = member.role() == Role.REMOTE
                ? Map.of(CONTROL_PLANE, mesh.controlPlaneName(member).value())
                : Map.of();
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(MeshNamespaces.marks(given, PURPOSE, "labels"))
                .addToAnnotations(MeshNamespaces.marks(given, PURPOSE, "annotations"))
                .addToLabels(NETWORK, member.network().value())
                .addToAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
