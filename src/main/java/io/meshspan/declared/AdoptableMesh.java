package io.meshspan.declared;

import io.meshspan.declared.HelmReleases.HelmRelease;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.Severity;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.Topology;
import io.meshspan.preflight.LiveValues;
import io.meshspan.remotesecret.RemoteAccess;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Reads a mesh that others installed, so that it can be declared as it is: with its values, by Helm's releases and by the settings
 * of what runs, and with every reason against it. Only reads.
 */
@Component
public final class AdoptableMesh {

    private static final String AMBIENT = "istio.io/dataplane-mode";
    private static final String GATEWAY = "eastwestgateway";

    private final RunningMesh running;
    private final DeclaredMeshes meshes;
    private final Clusters clusters;
    private final LiveValues live;
    private final MeshTrust trust;

    AdoptableMesh(RunningMesh running, DeclaredMeshes meshes, Clusters clusters, LiveValues live, MeshTrust trust) {
        this.running = running;
        this.meshes = meshes;
        this.clusters = clusters;
        this.live = live;
        this.trust = trust;
    }

    /**
     * What was found.
     *
     * @param mesh as it would be declared; empty if there is a blocking finding
     * @param facts who installed it and what that means, as Markdown
     */
    public record Adoptable(Optional<Mesh> mesh, List<String> roots, Findings findings, String facts) {}

    /**
     * The Istio that runs in one cluster.
     *
     * @param accesses what its istiod reads, by the clusters' names in Istio
     * @param gateways its Deployments of east-west gateways, as {@code namespace/name}
     * @param ambient the namespaces in ambient mode
     */
    private record ClusterInstallation(
            List<HelmRelease> releases, Map<String, RemoteAccess> accesses, Set<String> gateways, Set<String> ambient) {

        static ClusterInstallation of(Cluster cluster) {
            Set<String> gateways = cluster.found("apps/v1", "Deployment", Map.of("istio", GATEWAY)).stream()
                    .map(found ->
                            found.object().namespace() + "/" + found.object().name())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> namespaces = gateways.stream()
                    .map(ClusterInstallation::namespace)
                    .collect(Collectors.toCollection(TreeSet::new));
            namespaces.add(Mesh.ISTIO_NAMESPACE);
            return new ClusterInstallation(
                    HelmReleases.in(cluster, namespaces),
                    RemoteSecrets.accesses(cluster),
                    gateways,
                    cluster.found("v1", "Namespace", Map.of(AMBIENT, "ambient")).stream()
                            .map(FoundObject::object)
                            .map(object -> object.name())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        static String namespace(String gateway) {
            return gateway.substring(0, gateway.indexOf('/'));
        }
    }

    /** @throws io.meshspan.finding.StepFailed if a cluster is not known or refuses this service */
    public Adoptable read(Collection<ClusterName> names) {
        FoundMesh found = running.read(names);
        SortedMap<ClusterName, ClusterInstallation> installations = clusters.inEach(names, ClusterInstallation::of);
        List<Finding> findings = new ArrayList<>(found.findings().list().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList());
        installations.forEach((name, installation) -> findings.addAll(clusterFindings(name, installation)));
        Optional<Mesh> mesh = found.mesh().map(read -> read.with(HelmValues.NONE, gatewayNamespace(installations)));
        severalNamespaces(installations).ifPresent(findings::add);
        mesh.ifPresent(read -> findings.addAll(meshFindings(read, installations)));
        Findings all = new Findings(findings);
        return new Adoptable(
                all.blocking() ? Optional.empty() : mesh.map(read -> withLiveValues(read, installations)),
                found.roots(),
                all,
                mesh.map(read -> facts(read, installations, found.roots())).orElse(""));
    }

    private Mesh withLiveValues(Mesh mesh, SortedMap<ClusterName, ClusterInstallation> installations) {
        Mesh released = inItsTopology(mesh)
                .with(member -> member.with(
                        HelmReleases.values(installation(installations, member).releases()), null));
        SortedMap<ClusterName, HelmValues> own = clusters.inEach(
                mesh.clusters(),
                cluster -> live.lost(released, cluster)
                        .over(released.member(cluster.name()).values()));
        return LiveValues.with(released, own);
    }

    private static ClusterInstallation installation(
            Map<ClusterName, ClusterInstallation> installations, Member member) {
        return installations.getOrDefault(
                member.cluster(), new ClusterInstallation(List.of(), Map.of(), Set.of(), Set.of()));
    }

    private static Mesh inItsTopology(Mesh mesh) {
        Topology topology = mesh.remotes().isEmpty()
                ? (mesh.multiNetwork() ? Topology.MULTI_PRIMARY_MULTI_NETWORK : Topology.MULTI_PRIMARY)
                : (mesh.multiNetwork() ? Topology.PRIMARY_REMOTE_MULTI_NETWORK : Topology.PRIMARY_REMOTE);
        boolean named = mesh.clusters().size() > 1
                && (mesh.remotes().isEmpty() || mesh.primaries().size() == 1);
        return mesh.in(named ? topology : Topology.MIXED);
    }

    private static String gatewayNamespace(Map<ClusterName, ClusterInstallation> installations) {
        return installations.values().stream()
                .flatMap(installation -> installation.gateways().stream())
                .map(ClusterInstallation::namespace)
                .filter(namespace -> !namespace.equals(Mesh.ISTIO_NAMESPACE))
                .findFirst()
                .orElse("");
    }

    private static Optional<Finding> severalNamespaces(Map<ClusterName, ClusterInstallation> installations) {
        Set<String> all = installations.values().stream()
                .flatMap(installation -> installation.gateways().stream())
                .map(ClusterInstallation::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
        return all.size() < 2
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "clusters",
                        "namespace of the east-west gateways",
                        "one for the whole mesh",
                        String.join(", ", all),
                        "Move the gateways into one namespace, or leave the clusters out where they are elsewhere."));
    }

    private static List<Finding> clusterFindings(ClusterName cluster, ClusterInstallation installation) {
        List<Finding> findings = new ArrayList<>();
        installation.gateways().stream()
                .filter(gateway -> !gateway.endsWith("/" + EastWestGateway.NAME))
                .map(
                        gateway -> Finding.blocking(
                                cluster.value(),
                                "Deployment " + gateway,
                                "east-west gateways with the name " + EastWestGateway.NAME,
                                "another name",
                                "Install a gateway of that name beside it and remove this one: Meshspan would install a second one."))
                .forEach(findings::add);
        if (!installation.ambient().isEmpty()) {
            findings.add(Finding.blocking(
                    cluster.value(),
                    "namespaces in ambient mode",
                    "none: Meshspan installs meshes with sidecars",
                    String.join(", ", installation.ambient()),
                    "Move them to sidecars first, or keep this mesh out of Meshspan."));
        }
        return findings;
    }

    private List<Finding> meshFindings(Mesh mesh, Map<ClusterName, ClusterInstallation> installations) {
        List<Finding> findings = new ArrayList<>();
        meshes.find(mesh.id().value())
                .filter(DeclaredMesh::isThere)
                .filter(known -> known.state() != DeclaredMesh.State.TAKEN_OVER
                        && !(known.state() == DeclaredMesh.State.UNCERTAIN
                                && known.origin().equals("adopt")))
                .map(known -> Finding.blocking(
                        "clusters",
                        "mesh " + mesh.id(),
                        "a mesh that is not declared",
                        "declared in version %d (%s)"
                                .formatted(known.version(), known.state().inWords()),
                        "Nothing to do. To add a cluster, start add-cluster; to verify the mesh, start verify-mesh."))
                .ifPresent(findings::add);
        trust.lacking(mesh).stream()
                .filter(name -> mesh.member(name).role() == Role.PRIMARY)
                .map(
                        name -> Finding.blocking(
                                name.value(),
                                "Secret istio-system/cacerts",
                                "an intermediate CA under the root of the mesh",
                                "none: istiod signs with a CA that it made itself",
                                "Plug in an intermediate first (docs/trust.md): the next installation would, and so replace the root."))
                .forEach(findings::add);
        Instant now = Instant.now();
        installations.forEach((name, installation) -> installation.accesses().forEach((target, access) -> {
            Optional<Finding> wrong = wrongRemoteSecret(mesh, name, target, access.server());
            wrong.or(() -> AdoptedCredential.check(name, target, access.credential(), now))
                    .ifPresent(findings::add);
        }));
        return findings;
    }

    /** A remote secret must lead to the API server that the inventory knows under this name. */
    private Optional<Finding> wrongRemoteSecret(Mesh mesh, ClusterName reader, String target, String server) {
        String what = "remote secret for " + target;
        Optional<Member> member = mesh.members().stream()
                .filter(each -> each.istioName().value().equals(target))
                .findFirst();
        if (member.isEmpty()) {
            return Optional.of(
                    Finding.blocking(
                            reader.value(),
                            what,
                            "remote secrets for the clusters of this mesh: "
                                    + mesh.members().stream()
                                            .map(each -> each.istioName().value())
                                            .collect(Collectors.joining(", ")),
                            server.isEmpty() ? "one that cannot be read" : server,
                            "Name that cluster, too, if it is a part of the mesh and of the inventory; delete the secret if it is gone."));
        }
        String known = clusters.get(member.get().cluster()).apiServer();
        return known.equals(server)
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        reader.value(),
                        what,
                        "%s, as in the inventory".formatted(known),
                        server.isEmpty() ? "none that can be read" : server,
                        "If that is the API server of %1$s, set meshspan.inventory.clusters.%1$s.api-server to it; otherwise delete"
                                        .formatted(member.get().cluster())
                                + " the secret."));
    }

    private static String facts(Mesh mesh, Map<ClusterName, ClusterInstallation> installations, List<String> roots) {
        List<String> lines = new ArrayList<>();
        lines.add("### Found\n");
        lines.add("- Root: " + (roots.isEmpty() ? "not known" : "SHA-256 " + String.join(", ", roots)));
        mesh.members().forEach(member -> {
            ClusterInstallation installation = installation(installations, member);
            String releases =
                    installation.releases().stream().map(HelmRelease::inWords).collect(Collectors.joining(", "));
            String reads = new TreeMap<>(installation.accesses())
                    .entrySet().stream()
                            .map(each -> "%s at %s with %s"
                                    .formatted(
                                            each.getKey(),
                                            each.getValue().server(),
                                            each.getValue().credential().words()))
                            .collect(Collectors.joining(", "));
            lines.add("- %s: %s; reads %s%s"
                    .formatted(
                            member.inWords(),
                            releases.isEmpty() ? "no Helm release" : "Helm releases " + releases,
                            reads.isEmpty() ? "no other cluster" : reads,
                            installation.gateways().isEmpty()
                                    ? ""
                                    : "; gateway " + String.join(", ", installation.gateways())));
        });
        if (installations.values().stream()
                .anyMatch(installation -> !installation.releases().isEmpty())) {
            lines.add(
                    "\n**Do not run `helm upgrade`, `helm rollback` or `helm uninstall` for these releases any more**: Helm would write"
                            + " over the mesh, or delete it. Their Secrets (`sh.helm.release.v1...`) stay as they are. To rule that out, delete"
                            + " them after this change: `kubectl delete secret -n istio-system -l owner=helm,name=RELEASE`. That removes"
                            + " Helm's memory of the release and nothing else.");
        }
        return String.join("\n", lines);
    }
}
