package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.Renderer;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The gateway for traffic between clusters: the chart {@code gateway} with the network that it leads to. */
@Component
public final class EastWestGateway {

    public static final String NAME = "istio-eastwestgateway";
    static final String NAMESPACE = "istio-system";

    private final Renderer renderer;

    EastWestGateway(Renderer renderer) {
        this.renderer = renderer;
    }

    /** The gateway's Service alone; none where the cluster has no gateway. */
    public List<HasMetadata> loadBalancer(Mesh mesh, Member member) {
        return mesh.gateways().contains(member)
                ? desired(mesh, member).stream()
                        .filter(object -> object.getKind().equals("Service"))
                        .toList()
                : List.of();
    }

    public List<HasMetadata> desired(Mesh mesh, Member member) {
        Map<String, Object> values =
                Map.of("name", NAME, "networkGateway", member.network().value());
        ApplySet set = new ApplySet(mesh.id());
        return renderer.render(Chart.GATEWAY, mesh.version(), values).stream()
                .<HasMetadata>map(set::member)
                .toList();
    }
}
