package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.Images;
import io.meshspan.manifest.Renderer;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a remote cluster holds: Istio's base, and webhooks and a service that lead to the istiod of its primary. */
@Component
public final class Remote {

    private final Renderer renderer;
    private final RemoteValues values;

    Remote(Renderer renderer, Images images) {
        this.renderer = renderer;
        this.values = new RemoteValues(images);
    }

    public List<HasMetadata> base(Mesh mesh) {
        return members(mesh, Chart.BASE, values.base());
    }

    public List<HasMetadata> istiod(Mesh mesh, Member member, String discoveryAddress) {
        return members(mesh, Chart.ISTIOD, values.istiod(mesh, member, discoveryAddress));
    }

    private List<HasMetadata> members(Mesh mesh, Chart chart, Map<String, Object> chartValues) {
        ApplySet set = new ApplySet(mesh.id());
        return renderer.render(chart, mesh.version(), chartValues).stream()
                .<HasMetadata>map(set::member)
                .toList();
    }
}
