package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.mesh.Member;

/**
 * Namespace istio-system with its network. Neither Helm nor istioctl labels a namespace that exists already, so the
 * label is always set here (istio-facts A0).
 */
public final class IstioNamespace {

    public static final String NAME = "istio-system";
    private static final String NETWORK = "topology.istio.io/network";

    private IstioNamespace() {}

    public static Namespace desired(Member member) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(NETWORK, member.network().value())
                .endMetadata()
                .build();
    }
}
