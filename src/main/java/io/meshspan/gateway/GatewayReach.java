package io.meshspan.gateway;

import io.meshspan.finding.Finding;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Can other clusters reach an east-west gateway with its values? Judged by the values only, without any call. */
@Component
public final class GatewayReach {

    private static final String BALANCED = "LoadBalancer";
    private static final String AT_NODES = "NodePort";
    private static final Map<String, Integer> PORTS =
            Map.of("status-port", 15021, "tls", GatewayServices.TLS, "tls-istiod", 15012, "tls-webhook", 15017);

    private final ValuesLayers layers;
    private final GatewayPorts ports;

    GatewayReach(ValuesLayers layers, GatewayProperties properties) {
        this.layers = layers;
        this.ports = new GatewayPorts(properties.hostname());
    }

    public List<Finding> check(Mesh mesh) {
        return mesh.gateways().stream()
                .flatMap(member -> check(mesh, member).stream())
                .toList();
    }

    private List<Finding> check(Mesh mesh, Member member) {
        HelmValues values = layers.given(ValuesPart.EAST_WEST_GATEWAY, mesh, member);
        List<Finding> findings = new ArrayList<>();
        balancer(mesh, member, values).ifPresent(findings::add);
        declaredPort(mesh, member, values).ifPresent(findings::add);
        Map<String, Integer> given = given(values);
        if (!given.isEmpty() && !IstioRelease.takesGatewayPorts(mesh.version())) {
            findings.add(finding(
                    member,
                    "networkGatewayPorts",
                    "the guide's ports with Istio " + mesh.version() + ", whose chart has no others",
                    given.toString(),
                    "Use Istio 1.30 or newer, or declare gateway.address and gateway.port of what forwards to 15443."));
        }
        forRemotes(mesh, member, given, findings);
        twice(mesh, member, given).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> balancer(Mesh mesh, Member member, HelmValues values) {
        String type = values.text("service", "type").orElse(BALANCED);
        boolean fixed = values.at(List.of("service", "externalIPs"))
                .filter(ips -> ips instanceof List<?> list && !list.isEmpty())
                .isPresent();
        boolean atNodes = type.equals(AT_NODES)
                && values.at(List.of("service", "annotations", GatewayAddress.NODES))
                        .isPresent();
        boolean reachable = type.equals(BALANCED)
                || fixed
                || member.declaredGateway().isPresent()
                || (atNodes && !mesh.servesRemotes(member));
        return reachable
                ? Optional.empty()
                : Optional.of(finding(
                        member,
                        "service.type",
                        BALANCED + ", or gateway.address of the cluster",
                        type,
                        "Add gateway.address and gateway.port: where other clusters reach it"
                                + (mesh.servesRemotes(member)
                                        ? ", and remotes its istiod at ports 15012 and 15017."
                                        : ". Or, with NodePort, the annotation %s, by which Istio takes the nodes'"
                                                        .formatted(GatewayAddress.NODES)
                                                + " external addresses.")));
    }

    /** Kubernetes chooses the node port, so it is not known yet. */
    private static Optional<Finding> declaredPort(Mesh mesh, Member member, HelmValues values) {
        boolean chosen = values.text("service", "type").filter(AT_NODES::equals).isPresent()
                && member.declaredGateway()
                        .filter(gateway -> gateway.ownPort().isEmpty())
                        .isPresent();
        return chosen && mesh.multiNetwork()
                ? Optional.of(
                        finding(
                                member,
                                "service.type",
                                "gateway.port beside gateway.address, since Kubernetes chooses the port of the nodes",
                                AT_NODES + " without one",
                                "Declare the port at which others arrive: one from 30000 to 32767 is set as the Service's node port."))
                : Optional.empty();
    }

    /** A remote finds istiod only by an address: Istio's charts have no field for its ports. */
    private void forRemotes(Mesh mesh, Member member, Map<String, Integer> given, List<Finding> findings) {
        if (!mesh.servesRemotes(member) || member.declaredGateway().isPresent()) {
            return;
        }
        List<String> fixed =
                ports.webhookAt443(mesh, member) ? List.of("tls-istiod") : List.of("tls-istiod", "tls-webhook");
        fixed.stream()
                .filter(name -> given.containsKey(name) && !Objects.equals(given.get(name), PORTS.get(name)))
                .map(name -> finding(
                        member,
                        "networkGatewayPorts.%s.port".formatted(name),
                        "%s, where remotes reach istiod".formatted(PORTS.get(name)),
                        String.valueOf(given.get(name)),
                        "Leave it out, or declare gateway.address of something that forwards 15012 and 15017 to the"
                                + " gateway."))
                .forEach(findings::add);
    }

    private Optional<Finding> twice(Mesh mesh, Member member, Map<String, Integer> given) {
        Map<String, Integer> all = new TreeMap<>(PORTS);
        all.putAll(given);
        if (ports.webhookAt443(mesh, member)) {
            all.put("tls-webhook", GatewayPorts.HTTPS);
        }
        return all.values().stream().distinct().count() == all.size()
                ? Optional.empty()
                : Optional.of(finding(
                        member,
                        "networkGatewayPorts",
                        "each port once",
                        all.toString(),
                        "Give each its own; where only one port is open, tls is the one that other networks need."));
    }

    private static Map<String, Integer> given(HelmValues values) {
        Map<String, Integer> given = new TreeMap<>();
        PORTS.keySet()
                .forEach(name -> values.at(List.of("networkGatewayPorts", name, "port"))
                        .filter(Integer.class::isInstance)
                        .ifPresent(port -> given.put(name, (Integer) port)));
        return given;
    }

    private static Finding finding(Member member, String key, String expected, String found, String advice) {
        return Finding.blocking(member.cluster().value(), "values.eastWestGateway." + key, expected, found, advice);
    }
}
