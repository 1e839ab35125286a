package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.failure.TransientRetry;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes single fields of an object that belongs to others, as kubectl label and kubectl rollout restart do: a merge patch
 * takes over no other field, and can remove one that somebody else owns.
 */
final class FieldPatch {

    private static final Logger LOG = LoggerFactory.getLogger(FieldPatch.class);

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final ApiRequests requests;

    FieldPatch(ClusterName cluster, KubernetesClient client, ApiDiscovery apiDiscovery, ApiRequests requests) {
        this.cluster = cluster;
        this.client = client;
        this.apiDiscovery = apiDiscovery;
        this.requests = requests;
    }

    /** @param fields as a JSON merge patch; null removes a field */
    AppliedObject send(ObjectRef object, Map<String, ?> fields) {
        JsonNode patch = client.getKubernetesSerialization().convertValue(fields, JsonNode.class);
        JsonNode live = apiDiscovery
                .resource(object.reference())
                .map(ApiDiscovery::live)
                .map(found -> client.getKubernetesSerialization().convertValue(found, JsonNode.class))
                .orElseThrow(() -> gone(object));
        if (has(live, patch)) {
            return new AppliedObject(cluster, object, ApplyOutcome.UNCHANGED);
        }
        write(object, patch, ObjectApplier.FIELD_MANAGER);
        return new AppliedObject(cluster, object, ApplyOutcome.PATCHED);
    }

    /** Without reading the object. */
    void write(ObjectRef object, JsonNode patch, String fieldManager) {
        String path = apiDiscovery.path(object).orElseThrow(() -> gone(object));
        HttpRequest request = requests.to("%s/%s?fieldManager=%s".formatted(path, object.name(), fieldManager))
                .method("PATCH", "application/merge-patch+json", patch.toString())
                .header("Accept", ApiRequests.METADATA)
                .build();
        TransientRetry.ifLost(() -> {
            requests.send(request);
            return patch;
        });
        LOG.info("{}: {} {}", cluster, object, ApplyOutcome.PATCHED);
    }

    private StepFailed gone(ObjectRef object) {
        return new StepFailed(
                FailureCode.INVALID,
                List.of(Finding.blocking(
                        cluster.value(), object.toString(), "an object to change", "none", "It is gone: try again.")));
    }

    private static boolean has(JsonNode live, JsonNode patch) {
        return patch.properties().stream().allMatch(field -> {
            JsonNode there = live.path(field.getKey());
            if (field.getValue().isNull()) {
                return there.isMissingNode() || there.isNull();
            }
            return field.getValue() instanceof ObjectNode inner ? has(there, inner) : there.equals(field.getValue());
        });
    }
}
