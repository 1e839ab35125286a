package io.meshspan.fleet;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.fleet.FleetProperties.Kind;
import io.meshspan.inventory.ClusterSource;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.LeftOutCluster;
import io.meshspan.inventory.StoredKubeconfig;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.schedule.PeriodicTasks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The clusters that objects of a managing cluster name; read at regular intervals. Labels and annotations of the object give
 * more data of the cluster: {@code topology.istio.io/network} its network, {@code networking.istio.io/cluster} its name in
 * Istio, {@code meshspan.io/api-server} the address for other clusters. While the managing cluster does not answer, the
 * clusters stay as they were.
 */
@Component
@EnableConfigurationProperties(FleetProperties.class)
final class FleetClusters implements ClusterSource {

    private static final Logger LOG = LoggerFactory.getLogger(FleetClusters.class);
    private static final List<String> CLUSTER_API = List.of("cluster.x-k8s.io/v1beta2", "cluster.x-k8s.io/v1beta1");
    private static final String CLUSTER_PROFILE = "multicluster.x-k8s.io/v1alpha1";

    private final FleetProperties properties;
    private final Clusters clusters;
    private final PeriodicTasks tasks;
    private volatile List<KnownCluster> known = List.of();
    private volatile List<LeftOutCluster> leftOut = List.of();

    FleetClusters(FleetProperties properties, Clusters clusters, PeriodicTasks tasks) {
        this.properties = properties;
        this.clusters = clusters;
        this.tasks = tasks;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (properties.cluster() != null && !properties.kinds().isEmpty()) {
            ScheduledFuture<?> unused =
                    tasks.scheduler("fleet", 1).scheduleWithFixedDelay(this::ask, properties.every());
        }
    }

    @Override
    public List<KnownCluster> clusters() {
        return known;
    }

    @Override
    public List<LeftOutCluster> leftOut() {
        return leftOut;
    }

    void ask() {
        ClusterName managing = properties.cluster();
        if (managing == null) {
            return;
        }
        try {
            Cluster cluster = clusters.get(managing);
            List<LeftOutCluster> left = new ArrayList<>();
            List<KnownCluster> now = properties.kinds().stream()
                    .sorted()
                    .flatMap(kind -> of(kind, cluster, left))
                    .toList();
            if (!left.equals(leftOut)) {
                left.forEach(each -> LOG.warn("Left out of the inventory: {}", each));
            }
            leftOut = List.copyOf(left);
            if (!now.equals(known)) {
                LOG.info(
                        "{} names the clusters {}",
                        managing,
                        now.stream().map(KnownCluster::name).toList());
            }
            known = now;
        } catch (StepFailed | TransientException e) {
            LOG.warn("Cannot read the clusters of {}; the earlier ones stay: {}", managing, e.getMessage());
        }
    }

    private Stream<KnownCluster> of(Kind kind, Cluster cluster, List<LeftOutCluster> left) {
        return switch (kind) {
            case ARGO_CD ->
                cluster.list(Secret.class, null, Map.of("argocd.argoproj.io/secret-type", "cluster")).stream()
                        .flatMap(secret -> argoCd(secret, left).stream());
            case CLUSTER_API -> clusterApi(cluster, left);
            case CLUSTER_PROFILE ->
                cluster.serves(CLUSTER_PROFILE, "ClusterProfile")
                        ? cluster.found(CLUSTER_PROFILE, "ClusterProfile", Map.of()).stream()
                                .flatMap(found -> cluster.live(found.object()).stream())
                                .flatMap(profile -> profile(profile, left).stream())
                        : Stream.of();
        };
    }

    private Optional<KnownCluster> argoCd(Secret secret, List<LeftOutCluster> left) {
        String name = data(secret, "name").orElseGet(() -> secret.getMetadata().getName());
        String where = where("Secret", secret.getMetadata());
        StoredKubeconfig kubeconfig = FleetKubeconfig.ofArgoCd(
                where, data(secret, "server").orElse(""), data(secret, "config").orElse("{}"), properties::allows);
        return known(name, secret.getMetadata(), kubeconfig, FleetKubeconfig.CONTEXT, left);
    }

    /** Each Cluster with a kubeconfig in the Secret {@code <name>-kubeconfig} of its namespace. */
    private Stream<KnownCluster> clusterApi(Cluster cluster, List<LeftOutCluster> left) {
        return CLUSTER_API.stream()
                .filter(version -> cluster.serves(version, "Cluster"))
                .findFirst()
                .map(version -> cluster.found(version, "Cluster", Map.of()).stream()
                        .filter(found -> !found.leaving())
                        .flatMap(found -> clusterApi(cluster, found, left).stream()))
                .orElseGet(Stream::of);
    }

    private Optional<KnownCluster> clusterApi(Cluster cluster, FoundObject found, List<LeftOutCluster> left) {
        ObjectRef owner = found.object();
        String place = "Secret %s/%s-kubeconfig".formatted(owner.namespace(), owner.name());
        Optional<String> yaml = cluster.find(Secret.class, owner.namespace(), owner.name() + "-kubeconfig")
                .flatMap(secret -> data(secret, "value"));
        Optional<String> context = yaml.flatMap(FleetKubeconfig::currentContext);
        if (context.isEmpty()) {
            left.add(new LeftOutCluster(
                    owner.name(),
                    place,
                    yaml.isEmpty() ? "there is no kubeconfig yet" : "its kubeconfig has no current-context"));
            return Optional.empty();
        }
        ObjectMeta said = new ObjectMeta();
        said.setLabels(found.labels());
        said.setAnnotations(found.annotations());
        return known(owner.name(), said, StoredKubeconfig.ofOthers(place, yaml.orElseThrow()), context.get(), left);
    }

    private Optional<KnownCluster> profile(GenericKubernetesResource profile, List<LeftOutCluster> left) {
        ObjectMeta meta = profile.getMetadata();
        StoredKubeconfig kubeconfig = FleetKubeconfig.ofProfile(
                where("ClusterProfile", meta), profile.getAdditionalProperties(), properties::provider);
        return known(meta.getName(), meta, kubeconfig, FleetKubeconfig.CONTEXT, left);
    }

    private static Optional<KnownCluster> known(
            String name,
            ObjectMeta said,
            StoredKubeconfig kubeconfig,
            String context,
            Collection<LeftOutCluster> left) {
        try {
            ClusterName label = DnsLabel.of(name)
                    .map(ClusterName::new)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "its name '%s' has no letter and no digit of a DNS label".formatted(name)));
            return Optional.of(new KnownCluster(
                    label,
                    said(said.getAnnotations(), "networking.istio.io/cluster", IstioClusterName::new)
                            .orElseGet(() -> new IstioClusterName(label.value())),
                    said(said.getLabels(), "topology.istio.io/network", NetworkName::new)
                            .orElseGet(() -> new NetworkName(label.value())),
                    context,
                    kubeconfig,
                    said(said.getAnnotations(), "meshspan.io/api-server", URI::create),
                    Optional.of(name).filter(given -> !given.equals(label.value()))));
        } catch (IllegalArgumentException e) {
            left.add(new LeftOutCluster(name, kubeconfig.toString(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static <T> Optional<T> said(@Nullable Map<String, String> all, String key, Function<String, T> parse) {
        return Optional.ofNullable(all).map(values -> values.get(key)).map(parse);
    }

    private static Optional<String> data(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    private static String where(String kind, ObjectMeta meta) {
        return "%s %s/%s".formatted(kind, meta.getNamespace(), meta.getName());
    }
}
