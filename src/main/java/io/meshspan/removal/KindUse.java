package io.meshspan.removal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.Map;

/** Whether anybody has objects of a kind: with its definition they would all go, and nobody was asked for that. */
final class KindUse {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KindUse() {}

    /** False for whatever is no CustomResourceDefinition. */
    static boolean used(Cluster cluster, ObjectRef definition) {
        return definition.kind().equals(Phase.CRD)
                && cluster.live(definition).map(live -> used(cluster, live)).orElse(false);
    }

    private static boolean used(Cluster cluster, GenericKubernetesResource definition) {
        JsonNode spec = JSON.valueToTree(definition.getAdditionalProperties()).path("spec");
        String group = spec.path("group").asText();
        String kind = spec.path("names").path("kind").asText();
        String version = spec.path("versions").path(0).path("name").asText();
        return !cluster.found(group + "/" + version, kind, Map.of()).isEmpty();
    }
}
