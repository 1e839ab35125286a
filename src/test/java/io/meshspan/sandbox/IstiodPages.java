package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;

/** The debug pages of istiod that tell whether it sees the other clusters. */
final class IstiodPages {

    private IstiodPages() {}

    static Optional<String> page(RunningCluster cluster, String path) {
        return switch (path) {
            case "/debug/clusterz" -> Optional.of(clusters(cluster).toString());
            case "/ready" -> Optional.of("");
            default -> Optional.empty();
        };
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
