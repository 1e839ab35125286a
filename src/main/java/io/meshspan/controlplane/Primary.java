package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.Release;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.springframework.stereotype.Component;

/** The objects of a primary cluster: Istio's base and istiod. */
@Component
public final class Primary {

    private final Renderer renderer;
    private final PrimaryValues values;

    Primary(Renderer renderer, ValuesLayers layers) {
        this.renderer = renderer;
        this.values = new PrimaryValues(layers);
    }

    public List<HasMetadata> desired(Mesh mesh, Member member) {
        return new ApplySet(mesh.id())
                .members(DefaultRevision.withheld(mesh, NeverMatching.in(mesh, renderer.render(part(mesh, member)))));
    }

    public ManifestPart part(Mesh mesh, Member member) {
        return new ManifestPart(
                "control plane",
                mesh.version(),
                List.of(
                        new Release(Chart.BASE, "istio-base", values.base(mesh, member)),
                        new Release(Chart.ISTIOD, mesh.revision().name("istiod"), values.istiod(mesh, member))),
                values.operator(mesh, member));
    }
}
