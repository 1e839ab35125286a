package io.meshspan.gateway;

import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;

/** The ports of an east-west gateway, by the names and numbers of the guide's gen-eastwest-gateway.sh. */
final class GatewayPorts {

    private static final int WEBHOOK = 15017;
    static final int HTTPS = 443;

    private final HostnameWay way;

    GatewayPorts(HostnameWay way) {
        this.way = way;
    }

    List<Map<String, Object>> of(Mesh mesh, Member member) {
        return List.of(
                port("status-port", 15021, 15021),
                port("tls", 15443, 15443),
                port("tls-istiod", 15012, 15012),
                port("tls-webhook", webhookAt443(mesh, member) ? HTTPS : WEBHOOK, WEBHOOK));
    }

    boolean webhookAt443(Mesh mesh, Member member) {
        return way == HostnameWay.WEBHOOK_PORT_443
                && IstioRelease.takesGatewayPorts(mesh.version())
                && mesh.servesRemotes(member);
    }

    private static Map<String, Object> port(String name, int port, int targetPort) {
        return Map.of("name", name, "port", port, "targetPort", targetPort);
    }
}
