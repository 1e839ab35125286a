package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/** An object's kind, namespace (empty for cluster-scoped ones) and name, as people write it. */
public record ObjectRef(
        String apiVersion, String kind, @Nullable String namespace, String name) {

    public static ObjectRef of(HasMetadata object) {
        return new ObjectRef(
                object.getApiVersion(),
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    /** An object with only its identity. */
    public GenericKubernetesResource reference() {
        GenericKubernetesResource reference = new GenericKubernetesResource();
        reference.setApiVersion(apiVersion);
        reference.setKind(kind);
        reference.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return reference;
    }

    @Override
    public String toString() {
        return kind + " " + (namespace == null ? "" : namespace + "/") + name;
    }
}
