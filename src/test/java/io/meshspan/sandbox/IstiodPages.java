package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** The debug pages of istiod that tell whether it sees the other clusters. */
final class IstiodPages {

    private IstiodPages() {}

    static Optional<String> page(RunningCluster cluster, Pod istiod, String path) {
        return switch (path) {
            case "/debug/clusterz" -> Optional.of(clusters(cluster).toString());
            case "/debug/syncz" -> Optional.of(proxies(cluster, istiod).toString());
            case "/ready" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    /** The proxies here that its revision injected. */
    private static ArrayNode proxies(RunningCluster cluster, Pod istiod) {
        ArrayNode list = Json.object().putArray("proxies");
        cluster.store().list(Pod.class, "").stream()
                .filter(pod ->
                        Istiod.revision(istiod).equals(Pods.annotations(pod).get("istio.io/rev")))
                .forEach(pod -> list.addObject()
                        .put("cluster_id", cluster.istiod().id())
                        .put(
                                "proxy",
                                pod.getMetadata().getName() + "."
                                        + pod.getMetadata().getNamespace()));
        return list;
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
