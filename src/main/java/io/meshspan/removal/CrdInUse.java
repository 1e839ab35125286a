package io.meshspan.removal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The objects of a kind. All of them are deleted with the kind's CustomResourceDefinition, and their owners were not asked.
 * Asks for every served version. If a version does not answer, the result is not known, and the kind counts as used.
 *
 * @param objects in the order of their namespaces and names
 * @param doubts why there may be more objects than these; empty if the list is complete
 */
public record CrdInUse(ObjectRef definition, List<ObjectRef> objects, List<String> doubts) {

    /** The number of objects that are named; the others are only counted. */
    private static final int NAMED = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    public CrdInUse {
        objects = List.copyOf(objects);
        doubts = List.copyOf(doubts);
    }

    /** No objects and no doubts if the object is not a CustomResourceDefinition, or does not exist. */
    static CrdInUse of(Cluster cluster, ObjectRef definition) {
        return definition.kind().equals(Phase.CRD)
                ? cluster.live(definition)
                        .map(live -> of(cluster, definition, live))
                        .orElseGet(() -> new CrdInUse(definition, List.of(), List.of()))
                : new CrdInUse(definition, List.of(), List.of());
    }

    private static CrdInUse of(Cluster cluster, ObjectRef definition, GenericKubernetesResource live) {
        JsonNode spec = JSON.valueToTree(live.getAdditionalProperties()).path("spec");
        String group = spec.path("group").asText();
        String kind = spec.path("names").path("kind").asText();
        Map<String, ObjectRef> objects = new TreeMap<>();
        List<String> doubts = new ArrayList<>();
        List<String> served = StreamSupport.stream(spec.path("versions").spliterator(), false)
                .filter(version -> version.path("served").asBoolean())
                .map(version -> version.path("name").asText())
                .toList();
        if (served.isEmpty()) {
            doubts.add("none of its versions is served");
        }
        served.forEach(version -> ask(cluster, group + "/" + version, kind, objects, doubts));
        return new CrdInUse(definition, List.copyOf(objects.values()), doubts);
    }

    /** The same object exists in every version. */
    private static void ask(
            Cluster cluster, String version, String kind, Map<String, ObjectRef> objects, List<String> doubts) {
        try {
            if (!cluster.serves(version, kind)) {
                doubts.add("the API server does not offer " + version);
            }
            cluster.found(version, kind, Map.of())
                    .forEach(found -> objects.putIfAbsent(found.object().toString(), found.object()));
        } catch (StepFailed e) {
            doubts.add("the API server does not let this service list " + version);
        }
    }

    boolean inDoubt() {
        return !doubts.isEmpty();
    }

    boolean used() {
        return inDoubt() || !objects.isEmpty();
    }

    /** The same without the objects of these names. */
    CrdInUse without(Set<String> names) {
        List<ObjectRef> others = objects.stream()
                .filter(object -> !names.contains(object.toString()))
                .toList();
        return new CrdInUse(definition, others, doubts);
    }

    /** For example {@code with Gateway shop/entry, Gateway shop/exit}. */
    String inWords() {
        if (inDoubt()) {
            return "stays, because it is unknown whether objects of its kind exist: " + String.join(", ", doubts);
        }
        if (objects.isEmpty()) {
            return "no object of its kind is deleted with it";
        }
        String named = objects.stream().limit(NAMED).map(ObjectRef::toString).collect(Collectors.joining(", "));
        return "with %s%s"
                .formatted(
                        named,
                        objects.size() > NAMED
                                ? " and %d more, %d in all".formatted(objects.size() - NAMED, objects.size())
                                : "");
    }
}
