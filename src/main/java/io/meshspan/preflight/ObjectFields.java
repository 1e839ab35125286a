package io.meshspan.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.HelmValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parts of Istio's objects as values, both for objects of a cluster and for rendered ones. */
final class ObjectFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Annotations that tools write, not users. */
    private static final List<String> BY_TOOLS = List.of(
            "meta.helm.sh/", "kubectl.kubernetes.io/", "install.operator.istio.io/", "deployment.kubernetes.io/");

    private ObjectFields() {}

    static HelmValues config(HasMetadata configMap, String key) {
        return HelmValues.read(tree(configMap).path("data").path(key).asText());
    }

    static HelmValues spec(HasMetadata object) {
        return HelmValues.tree(JSON.convertValue(tree(object).path("spec"), Object.class));
    }

    static JsonNode tree(HasMetadata object) {
        return JSON.valueToTree(object);
    }

    static HelmValues first(HelmValues pod) {
        return elementsOf(pod, "containers").stream()
                .findFirst()
                .map(HelmValues::tree)
                .orElse(HelmValues.NONE);
    }

    /** The variables with a direct value, not a reference. */
    static Map<String, Object> environment(HelmValues container) {
        Map<String, Object> environment = new TreeMap<>();
        elementsOf(container, "env").forEach(variable -> {
            Object value = variable.get("value");
            if (value != null) {
                environment.put(String.valueOf(variable.get("name")), value);
            }
        });
        return environment;
    }

    static Map<String, Object> ports(HelmValues spec) {
        Map<String, Object> ports = new TreeMap<>();
        elementsOf(spec, "ports")
                .forEach(port -> Optional.<Object>ofNullable(port.get("port"))
                        .ifPresent(number -> ports.put(String.valueOf(port.get("name")), number)));
        return ports;
    }

    static Optional<String> hub(HelmValues container) {
        return container
                .text("image")
                .map(image -> image.replaceFirst("@.*$", ""))
                .filter(image -> image.contains("/"))
                .map(image -> image.substring(0, image.lastIndexOf('/')));
    }

    static Map<String, String> annotations(HasMetadata object) {
        return byPeople(Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of()));
    }

    /** Annotations of the pods of a Deployment. */
    static Map<String, String> podAnnotations(HasMetadata object) {
        return byPeople(texts(object, "annotations"));
    }

    /** Labels of the pods of a Deployment. */
    static Map<String, String> podLabels(HasMetadata object) {
        return texts(object, "labels");
    }

    private static Map<String, String> texts(HasMetadata object, String key) {
        Map<String, String> texts = new TreeMap<>();
        tree(object)
                .at("/spec/template/metadata/" + key)
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Map<String, String> byPeople(Map<String, String> annotations) {
        Map<String, String> people = new TreeMap<>(annotations);
        people.keySet().removeIf(name -> BY_TOOLS.stream().anyMatch(name::startsWith));
        return people;
    }

    static List<Map<?, ?>> elementsOf(HelmValues values, String key) {
        return elements(values.at(List.of(key)).orElse(null));
    }

    static List<Map<?, ?>> elements(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(Map.class::cast)
                        .toList()
                : List.of();
    }
}
