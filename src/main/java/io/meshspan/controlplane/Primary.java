package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.Images;
import io.meshspan.manifest.Renderer;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a primary cluster holds: Istio's base and istiod. */
@Component
public final class Primary {

    private final Renderer renderer;
    private final PrimaryValues values;

    Primary(Renderer renderer, Images images) {
        this.renderer = renderer;
        this.values = new PrimaryValues(images);
    }

    public List<HasMetadata> desired(Mesh mesh, Member member) {
        ApplySet set = new ApplySet(mesh.id());
        return Stream.concat(
                        renderer.render(Chart.BASE, mesh.version(), values.base()).stream(),
                        renderer.render(Chart.ISTIOD, mesh.version(), values.istiod(mesh, member)).stream())
                .<HasMetadata>map(set::member)
                .toList();
    }
}
