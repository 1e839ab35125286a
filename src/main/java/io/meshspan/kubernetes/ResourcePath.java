package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/** Where objects of a kind are found: in a namespace, or in the whole cluster. */
record ResourcePath(
        String apiVersion, String kind, @Nullable String namespace) {

    static ResourcePath of(ObjectRef object) {
        return new ResourcePath(object.apiVersion(), object.kind(), object.namespace());
    }

    ObjectRef object(JsonNode metadata) {
        return new ObjectRef(apiVersion, kind, namespace, metadata.path("name").asText());
    }

    /** Below the API server's address. */
    String path(ResourceDefinitionContext served) {
        String group = served.getGroup().isEmpty() ? "api/" : "apis/" + served.getGroup() + "/";
        String within = namespace == null ? "" : "/namespaces/" + namespace;
        return group + served.getVersion() + within + "/" + served.getPlural();
    }
}
