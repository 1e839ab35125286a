package io.meshspan.gateway;

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

/** The gateway for traffic between clusters, labelled with its network. */
@Component
public final class EastWestGateway {

    public static final String NAME = "istio-eastwestgateway";

    private final Renderer renderer;
    private final ValuesLayers layers;
    private final GatewayValues values;

    EastWestGateway(Renderer renderer, ValuesLayers layers, GatewayProperties properties) {
        this.renderer = renderer;
        this.layers = layers;
        this.values = new GatewayValues(layers, new GatewayPorts(properties.hostname()));
    }

    /** Only the gateway's Service; empty if the cluster has no gateway. */
    public List<HasMetadata> loadBalancer(Mesh mesh, Member member) {
        return mesh.gateways().contains(member)
                ? desired(mesh, member).stream()
                        .filter(object -> object.getKind().equals("Service"))
                        .toList()
                : List.of();
    }

    public List<HasMetadata> desired(Mesh mesh, Member member) {
        return new ApplySet(mesh.id())
                .members(GatewayServices.adjusted(
                        member, values.tls(mesh, member), renderer.render(part(mesh, member))));
    }

    public ManifestPart part(Mesh mesh, Member member) {
        return new ManifestPart(
                "east-west gateway",
                mesh.version(),
                List.of(new Release(Chart.GATEWAY, NAME, mesh.namespaceOfGateways(), values.chart(mesh, member))),
                values.operator(layers.operator(mesh, member), mesh, member));
    }
}
