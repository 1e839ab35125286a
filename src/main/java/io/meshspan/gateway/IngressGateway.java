package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.MeshValues;
import io.meshspan.manifest.OperatorValues;
import io.meshspan.manifest.Release;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.ValuesPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The gateway for traffic from outside the mesh, if the mesh has one. Each primary gets one, as with {@code istioctl
 * install}: its default profile includes the gateway, its remote profile does not.
 */
@Component
public final class IngressGateway {

    public static final String NAME = "istio-ingressgateway";

    private final Renderer renderer;
    private final ValuesLayers layers;

    IngressGateway(Renderer renderer, ValuesLayers layers) {
        this.renderer = renderer;
        this.layers = layers;
    }

    /** Empty if it was not requested. */
    public List<HasMetadata> desired(Mesh mesh, Member member) {
        return part(mesh, member)
                .map(part -> new ApplySet(mesh.id()).members(renderer.render(part)))
                .orElse(List.of());
    }

    public Optional<ManifestPart> part(Mesh mesh, Member member) {
        return mesh.extras().ingressGateway() && member.role() == Role.PRIMARY
                ? Optional.of(new ManifestPart(
                        "ingress gateway",
                        mesh.version(),
                        List.of(new Release(Chart.GATEWAY, NAME, mesh.namespaceOfGateways(), values(mesh, member))),
                        operator(mesh, member)))
                : Optional.empty();
    }

    private HelmValues values(Mesh mesh, Member member) {
        Map<String, Object> values = new HashMap<>(Map.of("name", NAME));
        if (mesh.revision().isNamed()) {
            values.put("revision", mesh.revision().value());
        }
        return layers.with(new HelmValues(values), ValuesPart.INGRESS_GATEWAY, mesh, member);
    }

    private Map<String, Object> operator(Mesh mesh, Member member) {
        Map<String, Object> spec = layers.operator(mesh, member);
        spec.put("profile", "empty");
        spec.put("values", Map.of("global", MeshValues.global(mesh, member)));
        Map<String, Object> component = new LinkedHashMap<>(Map.of("name", NAME, "enabled", true));
        if (!mesh.gatewayNamespace().isEmpty()) {
            component.put("namespace", mesh.gatewayNamespace());
        }
        OperatorValues.gateway(layers.given(ValuesPart.INGRESS_GATEWAY, mesh, member), component, spec);
        spec.put("components", Map.of("ingressGateways", List.of(component)));
        return spec;
    }
}
