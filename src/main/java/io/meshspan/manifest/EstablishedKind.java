package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** The kind that a CRD defines, in the stored version. */
record EstablishedKind(String apiVersion, String kind) {

    static EstablishedKind of(GenericKubernetesResource crd) {
        List<Map<String, Object>> versions = crd.get("spec", "versions");
        Object stored = versions.stream()
                .filter(version -> Boolean.TRUE.equals(version.get("storage")))
                .map(version -> version.get("name"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "CRD %s stores no version".formatted(crd.getMetadata().getName())));
        return new EstablishedKind(crd.get("spec", "group") + "/" + stored, crd.get("spec", "names", "kind"));
    }
}
