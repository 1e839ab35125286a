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
 * What Istio reads from a gateway's Service and its charts do not write. Istiod uses the addresses of a Service with a
 * network label. So the Service of a gateway with a declared address has no such label, and istiod gets its networks another
 * way. Istiod uses port 15443 unless a label sets another one.
 */
final class GatewayServices {

    static final int TLS = 15443;

    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;

    private GatewayServices() {}

    /** @param tls the port of the Service for traffic of other networks */
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

    /** Works on a copy: rendered objects are shared. */
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
