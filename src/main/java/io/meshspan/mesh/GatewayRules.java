package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for the namespace of the gateways and for their addresses. */
final class GatewayRules {

    private GatewayRules() {}

    static List<Finding> findings(MeshRequest request) {
        Stream<Finding> declared = request.clusters().all().stream()
                .flatMap(cluster -> Stream.of(address(cluster), port(cluster)))
                .flatMap(Optional::stream);
        return Stream.concat(namespace(request.fields().gatewayNamespace()).stream(), declared)
                .toList();
    }

    private static Optional<Finding> namespace(RequestField namespace) {
        return !namespace.isPresent() || DnsLabel.matches(namespace.text())
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        namespace.where(),
                        "gateway.namespace",
                        "a DNS-1123 label",
                        namespace.quoted(),
                        "Use a name such as istio-gateways, or leave it out for istio-system."));
    }

    private static Optional<Finding> address(RequestedCluster cluster) {
        RequestField address = cluster.gatewayAddress();
        if (address.isPresent() && DeclaredGateway.isOfOneHost(address.text())) {
            return Optional.of(Finding.blocking(
                    address.where(),
                    name(cluster, "address"),
                    "an address that leads other clusters here",
                    address.quoted() + ", which leads each host to itself",
                    "Give the address at which the traffic of other clusters arrives."));
        }
        return !address.isPresent() || DeclaredGateway.isAddress(address.text())
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        address.where(),
                        name(cluster, "address"),
                        "an IP or a DNS name",
                        address.quoted(),
                        "Use a form such as 203.0.113.7 or gateway.example.org; the port is a field of its own."));
    }

    private static Optional<Finding> port(RequestedCluster cluster) {
        RequestField port = cluster.gatewayPort();
        if (!port.isPresent()) {
            return Optional.empty();
        }
        if (!port.text().matches("\\d{1,5}") || !DeclaredGateway.isPort(Integer.parseInt(port.text()))) {
            return Optional.of(Finding.blocking(
                    port.where(),
                    name(cluster, "port"),
                    "a port from 1 to " + DeclaredGateway.HIGHEST_PORT,
                    port.quoted(),
                    "Give the port at which the traffic of other networks arrives."));
        }
        return cluster.gatewayAddress().isAbsent()
                ? Optional.of(Finding.blocking(
                        port.where(),
                        name(cluster, "port"),
                        "an address beside it",
                        "a port alone",
                        "Add gateway.address; to change the port of the Service, use values.eastWestGateway"
                                + ".networkGatewayPorts.tls.port."))
                : Optional.empty();
    }

    private static String name(RequestedCluster cluster, String field) {
        return "gateway.%s of %s"
                .formatted(field, InputRules.name(cluster.name().text()));
    }
}
