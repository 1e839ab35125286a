package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.meshspan.finding.PassingFault;
import io.meshspan.mesh.ClusterName;
import java.util.Optional;

/**
 * Reads objects of any kind in full, and puts one back as it was read. A PUT alone would make its writer the owner of each
 * field that it changes, and a later server-side apply would not take such a field away any more: so the record of who
 * owns what is put back, too.
 */
final class Restoration {

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final Targets targets;
    private final Kinds kinds;

    Restoration(ClusterName cluster, KubernetesClient client, Targets targets, Kinds kinds) {
        this.cluster = cluster;
        this.client = client;
        this.targets = targets;
        this.kinds = kinds;
    }

    Optional<GenericKubernetesResource> live(ObjectRef object) {
        GenericKubernetesResource reference = new GenericKubernetesResource();
        reference.setApiVersion(object.apiVersion());
        reference.setKind(object.kind());
        reference.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.namespace())
                .withName(object.name())
                .build());
        return targets.find(reference).map(target -> target.get());
    }

    Applied restore(GenericKubernetesResource before) {
        ObjectRef object = ObjectRef.of(before);
        Optional<GenericKubernetesResource> live = live(object);
        if (live.isPresent() && content(live.get()).equals(content(before))) {
            return new Applied(cluster, object, Outcome.UNCHANGED);
        }
        live.ifPresentOrElse(now -> put(object, now, before), () -> create(object, before));
        owners(object, before);
        return new Applied(cluster, object, live.isPresent() ? Outcome.PATCHED : Outcome.CREATED);
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
        HttpRequest request = Connection.request(client, path(object) + name + "?fieldManager=" + Patch.FIELD_MANAGER)
                .method(method, type, body)
                .build();
        HttpResponse<String> answer = Answer.to(client.getHttpClient().sendAsync(request, String.class));
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException("HTTP " + answer.code(), answer.code(), null);
        }
    }

    private String path(ObjectRef object) {
        return kinds.find(object.apiVersion(), object.kind())
                .map(Place.of(object)::path)
                .orElseThrow(() -> new PassingFault(
                        "%s, %s: the API server does not serve this kind yet".formatted(cluster, object)));
    }

    private ObjectNode content(GenericKubernetesResource object) {
        return Content.of(client.getKubernetesSerialization().convertValue(object, ObjectNode.class));
    }
}
