package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.Release;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The objects of a remote cluster: Istio's base, and the webhooks and service that lead to the istiod of its primary. */
@Component
public final class Remote {

    private static final String TITLE = "control plane's remote";

    private final Renderer renderer;
    private final RemoteValues values;

    Remote(Renderer renderer, ValuesLayers layers) {
        this.renderer = renderer;
        this.values = new RemoteValues(layers);
    }

    /** Only Istio's base while the address is unknown. */
    public List<HasMetadata> desired(Mesh mesh, Member member, Optional<DiscoveryAddress> discovery) {
        return new ApplySet(mesh.id())
                .members(DefaultRevision.withheld(
                        mesh, NeverMatching.in(mesh, renderer.render(part(mesh, member, discovery)))));
    }

    public ManifestPart part(Mesh mesh, Member member, Optional<DiscoveryAddress> discovery) {
        Release base = new Release(Chart.BASE, "istio-base", values.base(mesh, member));
        return discovery
                .map(address -> new ManifestPart(
                        TITLE,
                        mesh.version(),
                        List.of(
                                base,
                                new Release(
                                        Chart.ISTIOD,
                                        mesh.revision().name("istiod"),
                                        values.istiod(mesh, member, address))),
                        values.operator(mesh, member, address)))
                .orElseGet(() ->
                        new ManifestPart(TITLE, mesh.version(), List.of(base), values.baseOperator(mesh, member)));
    }
}
