package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads full objects of any kind, and restores one as it was read. After a PUT alone, its writer would own each field that
 * it changed, and a later server-side apply would no longer remove such a field. So the field owners are restored, too.
 */
final class ObjectRestore {

    private static final List<String> COUNTED =
            List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");

    /** A Deployment's controller numbers its revisions here. */
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final ApiRequests requests;

    ObjectRestore(ClusterName cluster, KubernetesClient client, ApiDiscovery apiDiscovery, ApiRequests requests) {
        this.cluster = cluster;
        this.client = client;
        this.apiDiscovery = apiDiscovery;
        this.requests = requests;
    }

    Optional<GenericKubernetesResource> live(ObjectRef object) {
        return apiDiscovery.resource(object.reference()).map(ApiDiscovery::live);
    }

    AppliedObject restore(GenericKubernetesResource before) {
        ObjectRef object = ObjectRef.of(before);
        Optional<GenericKubernetesResource> live = live(object);
        boolean same = live.filter(now -> content(now).equals(content(before))).isPresent();
        if (same && live.filter(now -> writers(now).equals(writers(before))).isPresent()) {
            return new AppliedObject(cluster, object, ApplyOutcome.UNCHANGED);
        }
        if (!same) {
            live.ifPresentOrElse(now -> put(object, now, before), () -> create(object, before));
        }
        owners(object, before);
        return new AppliedObject(cluster, object, live.isPresent() ? ApplyOutcome.PATCHED : ApplyOutcome.CREATED);
    }

    /** An interrupted attempt may have restored the content, but not yet the field owners. */
    private static Set<String> writers(GenericKubernetesResource object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(fields -> !"status".equals(fields.getSubresource()))
                .map(fields -> fields.getManager() + " " + fields.getOperation())
                .collect(Collectors.toSet());
    }

    private void put(ObjectRef object, GenericKubernetesResource now, GenericKubernetesResource before) {
        ObjectNode wanted = content(before);
        ObjectNode metadata = wanted.withObject("/metadata");
        metadata.put("resourceVersion", now.getMetadata().getResourceVersion());
        send("PUT", "application/json", object, "/" + object.name(), wanted.toString());
    }

    private void create(ObjectRef object, GenericKubernetesResource before) {
        send("POST", "application/json", object, "", content(before).toString());
    }

    private void owners(ObjectRef object, GenericKubernetesResource before) {
        if (!before.getMetadata().getManagedFields().isEmpty()) {
            String fields = client.getKubernetesSerialization()
                    .asJson(before.getMetadata().getManagedFields());
            String patch = "[{\"op\":\"add\",\"path\":\"/metadata/managedFields\",\"value\":%s}]".formatted(fields);
            send("PATCH", "application/json-patch+json", object, "/" + object.name(), patch);
        }
    }

    private void send(String method, String type, ObjectRef object, String name, String body) {
        requests.send(requests.to(path(object) + name + "?fieldManager=" + ObjectApplier.FIELD_MANAGER)
                .method(method, type, body)
                .build());
    }

    private String path(ObjectRef object) {
        return apiDiscovery
                .path(object)
                .orElseThrow(() -> new TransientException(
                        "%s, %s: the API server does not serve this kind yet".formatted(cluster, object)));
    }

    /** The content that somebody set, without what the API server and controllers count. */
    private ObjectNode content(GenericKubernetesResource read) {
        ObjectNode object = client.getKubernetesSerialization().convertValue(read, ObjectNode.class);
        object.remove("status");
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove(COUNTED);
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(REVISION);
        }
        List.of("labels", "annotations").forEach(marks -> dropEmpty(metadata, marks));
        return object;
    }

    private static void dropEmpty(ObjectNode metadata, String marks) {
        JsonNode found = metadata.path(marks);
        if (found.isEmpty() && !found.isMissingNode()) {
            metadata.remove(marks);
        }
    }
}
