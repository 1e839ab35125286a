package io.meshspan.gateway;

import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;

/** The ports of an east-west gateway, with the names and numbers of the guide's gen-eastwest-gateway.sh. */
final class GatewayPorts {

    private static final int WEBHOOK = 15017;
    static final int HTTPS = 443;

    private final HostnameWay way;

    GatewayPorts(HostnameWay way) {
        this.way = way;
    }

    /** @param given values of the gateway, which may set other ports for its Service */
    List<Map<String, Object>> of(Mesh mesh, Member member, HelmValues given) {
        return List.of(
                port("status-port", given, 15021),
                port("tls", given, GatewayServices.TLS),
                port("tls-istiod", given, 15012),
                webhookAt443(mesh, member) ? port("tls-webhook", HTTPS, WEBHOOK) : port("tls-webhook", given, WEBHOOK));
    }

    private static Map<String, Object> port(String name, HelmValues given, int usual) {
        Object number = given.at(List.of("networkGatewayPorts", name, "port")).orElse(usual);
        return port(name, number instanceof Integer port ? port : usual, usual);
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
