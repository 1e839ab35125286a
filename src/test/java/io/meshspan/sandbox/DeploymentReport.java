package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/** The status of a Deployment; a count of zero is left out, as an API server leaves it out. */
final class DeploymentReport {

    private DeploymentReport() {}

    /** @param refusal what the pods that are missing were refused with; may be empty */
    static void write(Store store, Deployment deployment, List<Pod> pods, long updated, String refusal) {
        long ready = pods.stream().filter(Pods::ready).count();
        int wanted = deployment.getSpec().getReplicas();
        store.edit(Key.of(deployment), live -> {
            JsonNode old = live.path("status").path("conditions");
            ObjectNode status = live.putObject("status")
                    .put("observedGeneration", deployment.getMetadata().getGeneration());
            count(status, "replicas", pods.size());
            count(status, "updatedReplicas", updated);
            count(status, "readyReplicas", ready);
            count(status, "availableReplicas", ready);
            count(status, "unavailableReplicas", Math.max(0, wanted - ready));
            ArrayNode conditions = status.putArray("conditions");
            boolean available = ready >= wanted;
            conditions.add(condition(
                    old,
                    "Available",
                    available,
                    available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"));
            conditions.add(
                    condition(old, "Progressing", true, available ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"));
            if (!refusal.isEmpty()) {
                conditions.add(
                        condition(old, "ReplicaFailure", true, "FailedCreate").put("message", refusal));
            }
        });
    }

    private static void count(ObjectNode status, String field, long count) {
        if (count > 0) {
            status.put(field, (int) count);
        }
    }

    private static ObjectNode condition(JsonNode old, String type, boolean holds, String reason) {
        String truth = holds ? "True" : "False";
        String since = Lifecycle.now();
        for (JsonNode each : old) {
            if (each.path("type").asText().equals(type)
                    && each.path("status").asText().equals(truth)) {
                since = each.path("lastTransitionTime").asText();
            }
        }
        return Json.object()
                .put("type", type)
                .put("status", truth)
                .put("reason", reason)
                .put("lastTransitionTime", since);
    }
}
