package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What decides about calls in a cluster, by watches: to ask twice a second for each client would slow down what is tested. */
final class WatchedCluster implements AutoCloseable {

    private static final String ROOTS = "istio-ca-root-cert";
    private static final String CACERTS = "cacerts";

    private final LiveCluster cluster;
    private final Map<String, SharedIndexInformer<Pod>> pods = new TreeMap<>();
    private final Map<String, SharedIndexInformer<ConfigMap>> roots = new TreeMap<>();
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<Secret> cacerts;

    WatchedCluster(LiveCluster cluster) {
        this.cluster = cluster;
        Stream.of(HelloWorldWorkloads.SHOP, HelloWorldWorkloads.CALLER).forEach(namespace -> {
            pods.put(namespace, cluster.client().pods().inNamespace(namespace).inform());
            roots.put(
                    namespace,
                    cluster.client()
                            .configMaps()
                            .inNamespace(namespace)
                            .withName(ROOTS)
                            .inform());
        });
        pods.put(
                LiveCluster.ISTIO_SYSTEM,
                cluster.client().pods().inNamespace(LiveCluster.ISTIO_SYSTEM).inform());
        services = cluster.client()
                .services()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .inform();
        cacerts = cluster.client()
                .secrets()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName(CACERTS)
                .inform();
    }

    LiveCluster cluster() {
        return cluster;
    }

    String name() {
        return cluster.name();
    }

    /** @param now reads them from the API server */
    List<Pod> ready(String namespace, Map<String, String> labels, boolean now) {
        Stream<Pod> found = now
                ? cluster.client().pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                : Objects.requireNonNull(pods.get(namespace)).getStore().list().stream()
                        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()));
        return found.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null)
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .toList();
    }

    /** @param now reads them from the API server */
    List<Service> services(String label, String value, boolean now) {
        return now
                ? cluster.client()
                        .services()
                        .inNamespace(LiveCluster.ISTIO_SYSTEM)
                        .withLabel(label, value)
                        .list()
                        .getItems()
                : services.getStore().list().stream()
                        .filter(service -> service.getMetadata().getLabels() != null
                                && value.equals(
                                        service.getMetadata().getLabels().get(label)))
                        .toList();
    }

    /** Whether it has istiods of its own. */
    boolean hasControlPlane() {
        return !cluster.client()
                .apps()
                .deployments()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withLabel("app", "istiod")
                .list()
                .getItems()
                .isEmpty();
    }

    /** What its istiods sign with; empty without. */
    String chain() {
        return cacerts.getStore().list().stream()
                .findFirst()
                .map(secret -> new String(
                        Base64.getDecoder().decode(secret.getData().get("cert-chain.pem")), StandardCharsets.US_ASCII))
                .orElse("");
    }

    /** What the pods of a namespace get to trust; empty if there is nothing yet. */
    String roots(String namespace) {
        return Objects.requireNonNull(roots.get(namespace)).getStore().list().stream()
                .findFirst()
                .map(config -> config.getData().getOrDefault("root-cert.pem", ""))
                .orElse("");
    }

    @Override
    public void close() {
        pods.values().forEach(SharedIndexInformer::close);
        roots.values().forEach(SharedIndexInformer::close);
        services.close();
        cacerts.close();
    }
}
