package io.meshspan.gateway;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.gateway.AddressChoice.Family;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How remotes find the istiod of their primary: at the address of its gateway, or, for a hostname, as the settings say. */
@Component
public final class Discovery {

    private final Clusters clusters;
    private final GatewayProperties properties;
    private final HostLookup lookup;

    Discovery(Clusters clusters, GatewayProperties properties, HostLookup lookup) {
        this.clusters = clusters;
        this.properties = properties;
        this.lookup = lookup;
    }

    /**
     * The current address. If there are several, the one that the remote can use; empty while the primary's gateway has
     * none.
     *
     * @throws StepFailed ADDRESS_UNUSABLE if the address cannot work for this mesh
     */
    public Optional<DiscoveryAddress> of(Mesh mesh, Member remote) {
        List<String> all = GatewayAddress.all(mesh, clusters.get(remote.controlPlane()));
        Set<Family> families = families(all, remote);
        return choice(mesh, all, families).map(choice -> {
            List<Finding> blocking = findings(mesh, remote, choice, families).stream()
                    .filter(finding -> finding.severity() == Severity.BLOCKING)
                    .toList();
            if (!blocking.isEmpty()) {
                throw new StepFailed(FailureCode.ADDRESS_UNUSABLE, blocking);
            }
            return usable(mesh, choice.address()).because(choice.why());
        });
    }

    /** The findings about the addresses that are known already. Read-only. */
    public List<Finding> check(Mesh mesh) {
        List<ClusterName> gateways =
                mesh.gateways().stream().map(Member::cluster).toList();
        SortedMap<ClusterName, AddressReport> reports = clusters.inEach(gateways, cluster -> {
            List<String> all = GatewayAddress.all(mesh, cluster);
            return new AddressReport(all, check(mesh, cluster, all));
        });
        SortedMap<ClusterName, List<String>> addresses = new TreeMap<>();
        reports.forEach((cluster, report) -> addresses.put(cluster, report.addresses()));
        return Stream.concat(
                        reports.values().stream().flatMap(report -> report.findings().stream()),
                        shared(mesh, addresses).stream())
                .toList();
    }

    private record AddressReport(List<String> addresses, List<Finding> findings) {}

    private List<Finding> check(Mesh mesh, Cluster gateway, List<String> all) {
        Set<Finding> findings = new LinkedHashSet<>(); // the same for many remotes
        mesh.remotes().stream()
                .filter(remote -> remote.controlPlane().equals(gateway.name()))
                .forEach(remote -> {
                    Set<Family> families = families(all, remote);
                    choice(mesh, all, families)
                            .ifPresent(choice -> findings.addAll(findings(mesh, remote, choice, families)));
                });
        List<Finding> told = new ArrayList<>(findings);
        told.addAll(otherNetworks(mesh, gateway, all));
        all.stream()
                .filter(DeclaredGateway::isOfOneHost)
                .map(address -> AddressFindings.finding(
                        Severity.BLOCKING,
                        gateway.name(),
                        "an address that leads other clusters here",
                        address + ", which leads each host to itself",
                        "Name the address at which others arrive in gateway.address of this cluster."))
                .forEach(told::add);
        return told;
    }

    /** Internal load balancers of separate networks may have one address, which leads each cluster to its own gateway. */
    private List<Finding> shared(Mesh mesh, SortedMap<ClusterName, List<String>> addresses) {
        Map<String, ClusterName> first = new HashMap<>();
        List<Finding> shared = new ArrayList<>();
        addresses.forEach((cluster, all) -> all.forEach(address -> {
            Member member = mesh.member(cluster);
            String port = member.declaredGateway()
                    .flatMap(DeclaredGateway::ownPort)
                    .map(String::valueOf)
                    .orElse("");
            ClusterName other = first.putIfAbsent(address + " " + port, cluster);
            if (other != null && !mesh.member(other).network().equals(member.network())) {
                shared.add(AddressFindings.finding(
                        Severity.BLOCKING,
                        cluster,
                        "another address than the gateway of %s, which is on another network".formatted(other),
                        address,
                        "Give one of them an address of its own, or name it in gateway.address with gateway.port, if they are"
                                + " behind one address."));
            }
        }));
        return shared;
    }

    /** Istiod uses every address of the gateway for all other networks, even if some of them can use none, or only some. */
    private List<Finding> otherNetworks(Mesh mesh, Cluster gateway, List<String> all) {
        Set<Family> offered = all.stream().map(Family::of).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        boolean eachTakesAll = true;
        for (Member other : onOtherNetworks(mesh, gateway.name())) {
            Set<Family> families = families(all, other);
            eachTakesAll &= families.containsAll(offered);
            boolean none = !families.isEmpty() && Collections.disjoint(families, offered);
            if (none && !offered.contains(Family.NAME) && !other.controlPlane().equals(gateway.name())) {
                findings.add(foreign(gateway.name(), other, String.join(", ", all), families));
            }
        }
        if (findings.isEmpty() && offered.size() > 1 && mesh.multiNetwork() && !eachTakesAll) {
            findings.add(AddressFindings.finding(
                    Severity.WARNING,
                    gateway.name(),
                    "addresses that every other network can use, since Istio uses all of them",
                    String.join(", ", all),
                    "Name one of them in gateway.address of this cluster, or give the Service one family by"
                            + " values.eastWestGateway.service.ipFamilies."));
        }
        return findings;
    }

    private static List<Member> onOtherNetworks(Mesh mesh, ClusterName gateway) {
        NetworkName own = mesh.member(gateway).network();
        return mesh.staying().stream()
                .filter(member -> !member.network().equals(own))
                .toList();
    }

    private static Finding foreign(ClusterName gateway, Member user, String addresses, Set<Family> families) {
        return AddressFindings.finding(
                Severity.BLOCKING,
                gateway,
                "an address of a family that pods of %s have: %s".formatted(user.cluster(), families),
                addresses,
                "Give the gateway such an address, or name one in gateway.address of this cluster.");
    }

    /** Reads nodes only if they make a difference. */
    private Set<Family> families(List<String> all, Member remote) {
        boolean several = all.size() > 1 || all.stream().map(Family::of).anyMatch(Family.IPV6::equals);
        return several ? AddressChoice.families(clusters.get(remote.cluster())) : Set.of();
    }

    private static Optional<AddressChoice> choice(Mesh mesh, List<String> all, Set<Family> families) {
        return AddressChoice.of(all, families, IstioRelease.discoversByIpv6(mesh.version()));
    }

    private List<Finding> findings(Mesh mesh, Member remote, AddressChoice choice, Set<Family> families) {
        ClusterName primary = remote.controlPlane();
        Stream<Finding> chosen = choice.why().isEmpty()
                ? Stream.of()
                : Stream.of(AddressFindings.finding(
                        Severity.NOTE,
                        primary,
                        "one address, or that for " + remote.cluster(),
                        choice.why(),
                        "Nothing, if that one can be reached from there; else name another in gateway.address."));
        Family family = Family.of(choice.address());
        Stream<Finding> foreign = family != Family.NAME && !families.isEmpty() && !families.contains(family)
                ? Stream.of(foreign(primary, remote, choice.address(), families))
                : Stream.of();
        return Stream.of(
                        chosen,
                        foreign,
                        new AddressFindings(properties.hostname(), lookup).of(mesh, primary, choice.address()).stream())
                .flatMap(found -> found)
                .toList();
    }

    private DiscoveryAddress usable(Mesh mesh, String address) {
        if (IpAddress.is(address)) {
            return DiscoveryAddress.at(address);
        }
        return switch (properties.hostname()) {
            case RESOLVE ->
                DiscoveryAddress.at(lookup.ips(address, IstioRelease.discoversByIpv6(mesh.version()))
                        .get(0));
            case WEBHOOK_PORT_443 -> DiscoveryAddress.at(address);
            case INJECTION_URL -> new DiscoveryAddress(address, Optional.of(address));
        };
    }
}
