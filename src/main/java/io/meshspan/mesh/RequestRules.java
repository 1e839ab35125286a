package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold before a cluster is touched; every rule speaks, so that all is said at once. */
final class RequestRules {

    private static final int FEWEST_CLUSTERS = 2;

    private RequestRules() {}

    static List<Finding> findings(MeshRequest request) {
        List<Finding> findings = new ArrayList<>();
        meshId(request, findings);
        version(request, findings);
        images(request, findings);
        clusters(request, findings);
        networks(request, findings);
        primary(request, findings);
        request.unknownFields()
                .forEach(field -> findings.add(request(
                        field, "no such field", "a value", "Leave it out; the fields are those of the start form.")));
        return findings;
    }

    private static void meshId(MeshRequest request, List<Finding> findings) {
        if (!DnsLabel.matches(request.meshId())) {
            findings.add(request(
                    "meshId",
                    "a DNS-1123 label",
                    quoted(request.meshId()),
                    "Use a name such as mesh1: lower case letters, digits and hyphens."));
        }
    }

    private static void version(MeshRequest request, List<Finding> findings) {
        boolean supported;
        try {
            supported = IstioVersion.parse(request.version()).supported();
        } catch (IllegalArgumentException e) {
            supported = false;
        }
        if (!supported) {
            findings.add(request(
                    "istioVersion",
                    "a release of Istio 1.28 to 1.30",
                    quoted(request.version()),
                    "Choose a release such as 1.30.3."));
        }
    }

    private static void images(MeshRequest request, List<Finding> findings) {
        if (!request.hub().isEmpty() && !ImageSource.isHub(request.hub())) {
            findings.add(request(
                    "hub",
                    "a registry and path",
                    quoted(request.hub()),
                    "Use a form such as registry.example.org/istio."));
        }
        if (!request.tag().isEmpty() && !ImageSource.isTag(request.tag())) {
            findings.add(
                    request("tag", "an image tag", quoted(request.tag()), "Use a form such as 1.30.3-distroless."));
        }
    }

    private static void clusters(MeshRequest request, List<Finding> findings) {
        if (request.clusters().size() < FEWEST_CLUSTERS) {
            findings.add(request(
                    "clusters",
                    "two or more",
                    request.clusters().toString(),
                    "Choose at least two clusters of the inventory: %s."
                            .formatted(request.known().keySet())));
        }
        request.twice()
                .forEach(name -> findings.add(
                        request("clusters", "each cluster once", quoted(name) + " twice", "Name each cluster once.")));
        request.clusters().stream()
                .distinct()
                .filter(name -> !isKnown(request, name))
                .forEach(name -> findings.add(Finding.blocking(
                        name.isBlank() ? "(unnamed cluster)" : name,
                        "clusters",
                        "one of %s".formatted(request.known().keySet()),
                        quoted(name),
                        "Choose a cluster of the inventory, or add this one to meshspan.inventory.clusters.")));
    }

    private static void networks(MeshRequest request, List<Finding> findings) {
        Set<NetworkName> networks = request.clusters().stream()
                .filter(name -> isKnown(request, name))
                .map(name -> Objects.requireNonNull(request.known().get(new ClusterName(name))))
                .collect(Collectors.toSet());
        if (request.topology().multiNetwork() && networks.size() == 1) {
            findings.add(request(
                    "clusters",
                    "clusters on two or more networks",
                    "all on " + networks.iterator().next(),
                    "Use the topology for one network, or correct the networks in meshspan.inventory.clusters."));
        }
        if (!request.topology().multiNetwork() && networks.size() > 1) {
            findings.add(request(
                    "clusters",
                    "clusters on one network",
                    "networks " + networks,
                    "Use the multi-network topology, or correct the networks in meshspan.inventory.clusters."));
        }
    }

    private static void primary(MeshRequest request, List<Finding> findings) {
        if (request.topology().remotes()
                && !request.primary().isEmpty()
                && !request.clusters().contains(request.primary())) {
            findings.add(request(
                    "primary",
                    "one of the clusters " + request.clusters(),
                    quoted(request.primary()),
                    "Choose the primary among the clusters of the mesh."));
        }
    }

    private static boolean isKnown(MeshRequest request, String name) {
        return DnsLabel.matches(name) && request.known().containsKey(new ClusterName(name));
    }

    private static Finding request(String field, String expected, String found, String advice) {
        return Finding.blocking("request", field, expected, found, advice);
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
