package io.meshspan.gateway;

import io.meshspan.manifest.OperatorValues;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The input of the chart {@code gateway} and of the guide's gen-eastwest-gateway.sh for an east-west gateway. */
final class GatewayValues {

    private static final String NETWORK = "topology.istio.io/network";

    private final ValuesLayers layers;
    private final GatewayPorts ports;

    GatewayValues(ValuesLayers layers, GatewayPorts ports) {
        this.layers = layers;
        this.ports = ports;
    }

    HelmValues chart(Mesh mesh, Member member) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", EastWestGateway.NAME);
        values.put("networkGateway", member.network().value());
        if (mesh.revision().isNamed()) {
            values.put("revision", mesh.revision().value());
        }
        if (ports.webhookAt443(mesh, member)) {
            values.put("networkGatewayPorts", Map.of("tls-webhook", Map.of("port", 443, "targetPort", 15017)));
        }
        return layers.with(new HelmValues(values), ValuesPart.EAST_WEST_GATEWAY, mesh, member);
    }

    /** The port of the gateway's Service for traffic of other networks. */
    int tls(Mesh mesh, Member member) {
        return layers.tlsPort(mesh, member);
    }

    /** @param spec images and revision, to which this adds the gateway */
    Map<String, Object> operator(Map<String, Object> spec, Mesh mesh, Member member) {
        HelmValues given = layers.given(ValuesPart.EAST_WEST_GATEWAY, mesh, member);
        Map<String, Object> component = new LinkedHashMap<>(component(mesh, member, given));
        spec.put("profile", "empty");
        spec.put(
                "values",
                Map.of(
                        "gateways",
                        Map.of("istio-ingressgateway", Map.of("injectionTemplate", "gateway")),
                        "global",
                        Map.of("network", member.network().value())));
        OperatorValues.gateway(given, component, spec);
        spec.put("components", Map.of("ingressGateways", List.of(component)));
        return spec;
    }

    private Map<String, Object> component(Mesh mesh, Member member, HelmValues given) {
        String network = member.network().value();
        Map<String, Object> component = new LinkedHashMap<>();
        component.put("name", EastWestGateway.NAME);
        component.put("enabled", true);
        if (!mesh.gatewayNamespace().isEmpty()) {
            component.put("namespace", mesh.gatewayNamespace());
        }
        component.put("label", Map.of("istio", "eastwestgateway", "app", EastWestGateway.NAME, NETWORK, network));
        component.put(
                "k8s",
                Map.of(
                        "env",
                        List.of(Map.of("name", "ISTIO_META_REQUESTED_NETWORK_VIEW", "value", network)),
                        "service",
                        Map.of("ports", ports.of(mesh, member, given))));
        return component;
    }
}
