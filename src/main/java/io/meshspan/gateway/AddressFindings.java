package io.meshspan.gateway;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Mesh;
import java.util.List;

/** Problems and warnings about the address of a primary's gateway. */
final class AddressFindings {

    private static final String OTHER_WAYS =
            "Give the load balancer a static IP, or choose another way in meshspan.gateway.hostname (see the runbook).";

    private final HostnameWay way;
    private final HostLookup lookup;

    AddressFindings(HostnameWay way, HostLookup lookup) {
        this.way = way;
        this.lookup = lookup;
    }

    List<Finding> of(Mesh mesh, ClusterName primary, String address) {
        if (IpAddress.isV6(address) && !IstioRelease.discoversByIpv6(mesh.version())) {
            return List.of(finding(
                    Severity.BLOCKING,
                    primary,
                    "an IPv4 address or a hostname with Istio " + mesh.version(),
                    address,
                    "Use Istio 1.30 or newer."));
        }
        return IpAddress.is(address) ? List.of() : hostname(mesh, primary, address);
    }

    private List<Finding> hostname(Mesh mesh, ClusterName primary, String address) {
        return switch (way) {
            case RESOLVE -> {
                boolean v6 = IstioRelease.discoversByIpv6(mesh.version());
                yield resolved(primary, address, lookup.ips(address, v6), v6);
            }
            case WEBHOOK_PORT_443 ->
                IstioRelease.takesGatewayPorts(mesh.version())
                        ? List.of()
                        : List.of(fixedPorts(mesh, primary, address));
            case INJECTION_URL -> List.of(injectionUrl(mesh, primary, address));
        };
    }

    private static Finding fixedPorts(Mesh mesh, ClusterName primary, String address) {
        return finding(
                Severity.BLOCKING,
                primary,
                "an IP: the gateway of Istio %s cannot offer the webhook at 443".formatted(mesh.version()),
                "hostname " + address,
                "Use Istio 1.30 or newer. " + OTHER_WAYS);
    }

    private static Finding injectionUrl(Mesh mesh, ClusterName primary, String address) {
        return mesh.revision().isNamed()
                ? finding(
                        Severity.BLOCKING,
                        primary,
                        "an IP with a revision: istiod is exposed by the name of its Service, not by this host",
                        "hostname " + address,
                        mesh.isUpgrade()
                                ? "Start upgrade-in-place, which keeps the name of istiod. " + OTHER_WAYS
                                : OTHER_WAYS)
                : finding(
                        Severity.WARNING,
                        primary,
                        "at port 15017 a certificate that names this host and that the caBundle of the remotes' webhook trusts",
                        "hostname " + address,
                        "Istiod's own certificate does not name it: set ISTIOD_CUSTOM_HOST of istiod, or end TLS at the gateway"
                                + " with a certificate of yours; otherwise no pod is injected on the remotes.");
    }

    private static List<Finding> resolved(ClusterName primary, String address, List<String> ips, boolean v6) {
        return List.of(
                ips.isEmpty()
                        ? finding(
                                Severity.BLOCKING,
                                primary,
                                v6 ? "an IP, or a hostname that has one" : "an IP, or a hostname with an IPv4 address",
                                "hostname %s, which has none here".formatted(address),
                                "Wait until its name is known, and try again. " + OTHER_WAYS)
                        : finding(
                                Severity.WARNING,
                                primary,
                                "an IP",
                                "hostname %s, resolved to %s".formatted(address, ips.get(0)),
                                "If it changes, remotes lose their istiod until this process runs again. "
                                        + OTHER_WAYS));
    }

    static Finding finding(Severity severity, ClusterName primary, String expected, String found, String advice) {
        return new Finding(
                severity, primary.value(), "address of Service " + EastWestGateway.NAME, expected, found, advice);
    }
}
