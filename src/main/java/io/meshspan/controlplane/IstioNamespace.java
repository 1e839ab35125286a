package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.Map;

/**
 * Namespace istio-system with its network. Neither Helm nor istioctl labels a namespace that exists already, so the
 * label is always set here (istio-facts A0).
 */
public final class IstioNamespace {

    public static final String NAME = "istio-system";
    private static final String CONTROL_PLANE = "topology.istio.io/controlPlaneClusters";
    private static final String NETWORK = "topology.istio.io/network";

    private IstioNamespace() {}

    /** A remote's names its control plane, before that gets the remote secret: istiod looks once (istio-facts A1). */
    public static Namespace desired(Mesh mesh, Member member) {
        Map<String, String> annotations = member.role() == Role.REMOTE
                ? Map.of(CONTROL_PLANE, mesh.controlPlaneName(member).value())
                : Map.of();
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(NETWORK, member.network().value())
                .addToAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
