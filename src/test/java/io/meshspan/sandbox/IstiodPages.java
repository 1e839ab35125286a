package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The debug pages of istiod that tell whether it sees the other clusters. */
final class IstiodPages {

    private IstiodPages() {}

    static Optional<String> page(RunningCluster cluster, Pod istiod, String path) {
        return switch (path) {
            case "/debug/clusterz" -> Optional.of(clusters(cluster).toString());
            case "/debug/endpointShardz" -> Optional.of(endpoints(cluster).toString());
            case "/metrics" ->
                Optional.of(cluster.istiod()
                        .intermediateEnds()
                        .map(end ->
                                "citadel_server_cert_chain_expiry_timestamp " + (double) end.getEpochSecond() + "\n")
                        .orElse(""));
            case "/debug/syncz" -> Optional.of(proxies(cluster, istiod).toString());
            case "/ready" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    /** By service and namespace, the endpoints of each cluster that it can read: its own, and those of its remote secrets. */
    private static ObjectNode endpoints(RunningCluster cluster) {
        ObjectNode services = Json.object();
        shard(services, cluster, cluster.istiod().id());
        for (RemoteCluster remote : cluster.istiod().remotes()) {
            remote.reached().ifPresent(other -> shard(services, other, remote.id()));
        }
        return services;
    }

    private static void shard(ObjectNode services, RunningCluster of, String id) {
        for (Service service : of.store().list(Service.class, "")) {
            String namespace = service.getMetadata().getNamespace();
            Map<String, String> selector =
                    Optional.ofNullable(service.getSpec().getSelector()).orElse(Map.of());
            for (Pod pod : selector.isEmpty() ? List.<Pod>of() : Pods.ready(of.store(), namespace, selector)) {
                services.withObject("/" + service.getMetadata().getName() + "." + namespace + ".svc.cluster.local")
                        .withObject("/" + namespace)
                        .withObject("/Shards")
                        .withArray("/Kubernetes~1" + id)
                        .addObject()
                        .put("WorkloadName", pod.getMetadata().getName());
            }
        }
    }

    /** The proxies that its revision injected, here and in the remotes that it leads. */
    private static ArrayNode proxies(RunningCluster cluster, Pod istiod) {
        ArrayNode list = Json.object().putArray("proxies");
        proxies(list, cluster, cluster.istiod().id(), istiod);
        cluster.istiod().remotes().stream()
                .filter(remote -> remote.reached()
                        .filter(other -> other.istiod().pods().isEmpty())
                        .isPresent())
                .forEach(remote -> remote.reached().ifPresent(other -> proxies(list, other, remote.id(), istiod)));
        return list;
    }

    private static void proxies(ArrayNode list, RunningCluster of, String id, Pod istiod) {
        of.store().list(Pod.class, "").stream()
                .filter(pod ->
                        Istiod.revision(istiod).equals(Pods.annotations(pod).get("istio.io/rev")))
                .forEach(pod -> {
                    String name = pod.getMetadata().getName() + "."
                            + pod.getMetadata().getNamespace();
                    ObjectNode proxy = list.addObject().put("cluster_id", id).put("proxy", name);
                    Istiod.version(pod).ifPresent(version -> proxy.put("istio_version", version));
                });
    }

    /** As real istiod: itself without a secret, then each cluster of a remote secret. */
    private static ArrayNode clusters(RunningCluster cluster) {
        ArrayNode list = Json.object().putArray("clusters");
        list.addObject().put("id", cluster.istiod().id()).put("secretName", "").put("syncStatus", "synced");
        for (RemoteCluster remote : cluster.istiod().remotes()) {
            list.addObject()
                    .put("id", remote.id())
                    .put("secretName", Istiod.NAMESPACE + "/" + remote.secret())
                    .put("syncStatus", remote.reached().isPresent() ? "synced" : "timeout");
        }
        return list;
    }
}
