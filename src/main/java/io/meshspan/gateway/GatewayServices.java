package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Istio goes by on a gateway's Service and its charts do not write: istiod takes the addresses of a Service that bears a
 * network's label, so one with a declared address bears none, and its networks are told to istiod instead; and istiod
 * takes port 15443 unless a label names another.
 */
final class GatewayServices {

    static final int TLS = 15443;

    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;

    private GatewayServices() {}

    /** @param tls the port of the Service for the traffic of other networks */
    static List<? extends HasMetadata> adjusted(Member member, int tls, List<GenericKubernetesResource> objects) {
        objects.stream().filter(object -> object.getKind().equals("Service")).forEach(service -> {
            Map<String, String> labels = new TreeMap<>(service.getMetadata().getLabels());
            if (member.declaredGateway().isPresent()) {
                labels.remove(Member.NETWORK_LABEL);
            }
            if (tls != TLS) {
                labels.put(Member.GATEWAY_PORT_LABEL, String.valueOf(tls));
            }
            service.getMetadata().setLabels(labels);
            member.declaredGateway()
                    .flatMap(DeclaredGateway::ownPort)
                    .filter(port -> port >= FIRST_NODE_PORT && port <= LAST_NODE_PORT)
                    .ifPresent(port -> fixedNodePort(service, port));
        });
        return objects;
    }

    /** On a copy of the content: what is rendered is shared. */
    private static void fixedNodePort(GenericKubernetesResource service, int port) {
        Map<String, Object> spec = new LinkedHashMap<>(service.<Map<String, Object>>get("spec"));
        List<Map<String, Object>> ports = service.get("spec", "ports");
        if ("NodePort".equals(spec.get("type"))) {
            spec.put(
                    "ports",
                    ports.stream().map(each -> withNodePort(each, port)).toList());
            service.setAdditionalProperty("spec", spec);
        }
    }

    private static Map<String, Object> withNodePort(Map<String, Object> port, int number) {
        Map<String, Object> copy = new LinkedHashMap<>(port);
        if ("tls".equals(port.get("name"))) {
            copy.put("nodePort", number);
        }
        return copy;
    }
}
