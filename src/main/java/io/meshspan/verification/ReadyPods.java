package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.kubernetes.Cluster;
import java.util.List;
import java.util.Map;

/** The pods with these labels that are Ready and not being deleted. */
public final class ReadyPods {

    private ReadyPods() {}

    public static List<Pod> of(Cluster cluster, String namespace, Map<String, String> labels) {
        return cluster.list(Pod.class, namespace, labels).stream()
                .filter(ReadyPods::ready)
                .toList();
    }

    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
