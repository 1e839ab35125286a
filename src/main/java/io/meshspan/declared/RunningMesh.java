package io.meshspan.declared;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.controlplane.IstiodVersion;
import io.meshspan.inventory.Inventory;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.preflight.InstalledIstio;
import io.meshspan.trust.InstalledCa;
import io.meshspan.trust.InstalledCas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the mesh that runs in some clusters, also if another tool installed it. Only reads; of secrets, only certificates. */
@Component
public final class RunningMesh {

    private static final String NAMESPACE = "istio-system";
    private static final String CONTROL_PLANES = "topology.istio.io/controlPlaneClusters";
    private static final String REMOTE_SECRET = "istio-remote-secret-";

    private final Inventory inventory;
    private final Clusters clusters;
    private final InstalledCas certificates;
    private final AcceptedReleases releases;

    RunningMesh(Inventory inventory, Clusters clusters, InstalledCas certificates, AcceptedReleases releases) {
        this.inventory = inventory;
        this.clusters = clusters;
        this.certificates = certificates;
        this.releases = releases;
    }

    /**
     * One cluster of a running mesh.
     *
     * @param istioName from the inventory: the name by which Istio's objects know the cluster
     * @param network from the inventory
     * @param versions of istiod, by the name of its Deployment; empty where nothing names one
     * @param servedBy the control planes that its namespace istio-system names, by their names in Istio
     * @param reads the clusters to which its remote secrets lead, by their names in Istio
     * @param ours whether Meshspan's object for the mesh exists
     */
    record FoundCluster(
            ClusterName cluster,
            IstioClusterName istioName,
            NetworkName network,
            List<InstalledIstio> installed,
            Map<String, String> versions,
            Set<String> servedBy,
            Set<String> reads,
            boolean ingressGateway,
            boolean defaultTag,
            boolean ours,
            Optional<String> root) {}

    /** @throws io.meshspan.finding.StepFailed if a cluster is not known or refuses this service */
    public FoundMesh read(Collection<ClusterName> names) {
        Map<ClusterName, IstioClusterName> istioNames = inventory.istioNames();
        Map<ClusterName, NetworkName> networks = inventory.networks();
        Map<ClusterName, String> roots = certificates.in(names).stream()
                .collect(Collectors.toMap(InstalledCa::cluster, InstalledCa::rootFingerprint));
        List<FoundCluster> found = new ArrayList<>(clusters.inEach(
                        names,
                        cluster -> read(
                                cluster,
                                Objects.requireNonNull(istioNames.get(cluster.name())),
                                Objects.requireNonNull(networks.get(cluster.name())),
                                Optional.ofNullable(roots.get(cluster.name()))))
                .values());
        return FoundMesh.of(found, releases);
    }

    private static FoundCluster read(
            Cluster cluster, IstioClusterName istioName, NetworkName network, Optional<String> root) {
        List<InstalledIstio> installed = InstalledIstio.in(cluster.list(ConfigMap.class, NAMESPACE, Map.of()));
        return new FoundCluster(
                cluster.name(),
                istioName,
                network,
                installed,
                versions(cluster),
                servedBy(cluster),
                reads(cluster),
                cluster.find(Deployment.class, NAMESPACE, "istio-ingressgateway")
                        .isPresent(),
                cluster.found("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", Map.of()).stream()
                        .anyMatch(webhook -> webhook.object().name().startsWith("istio-revision-tag-default")),
                installed.stream().map(InstalledIstio::meshId).anyMatch(id -> ours(cluster, id)),
                root);
    }

    private static Map<String, String> versions(Cluster cluster) {
        Map<String, String> versions = new TreeMap<>();
        cluster.list(Deployment.class, NAMESPACE, Map.of("app", "istiod"))
                .forEach(istiod -> versions.put(
                        istiod.getMetadata().getName(),
                        IstiodVersion.of(istiod).map(IstioVersion::toString).orElse("")));
        return versions;
    }

    private static Set<String> servedBy(Cluster cluster) {
        return cluster.found("v1", "Namespace", Map.of()).stream()
                .filter(found -> found.object().name().equals(NAMESPACE))
                .map(FoundObject::annotations)
                .map(annotations -> annotations.getOrDefault(CONTROL_PLANES, ""))
                .flatMap(names -> List.of(names.split(",", -1)).stream())
                .filter(name -> !name.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> reads(Cluster cluster) {
        return cluster.found("v1", "Secret", Map.of("istio/multiCluster", "true")).stream()
                .filter(found -> NAMESPACE.equals(found.object().namespace()))
                .map(found -> found.annotations()
                        .getOrDefault(
                                "networking.istio.io/cluster",
                                found.object().name().replace(REMOTE_SECRET, "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean ours(Cluster cluster, String meshId) {
        return MeshId.matches(meshId)
                && !cluster.found("v1", "ConfigMap", new ApplySet(new MeshId(meshId)).parenthood())
                        .isEmpty();
    }
}
