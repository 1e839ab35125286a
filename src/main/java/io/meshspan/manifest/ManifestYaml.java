package io.meshspan.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a stream of YAML documents as objects. */
public final class ManifestYaml {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maps of texts, for which null is no value: with a null, values take a text away that a weaker layer gave. */
    private static final List<String> TEXTS = List.of("annotations", "labels", "nodeSelector");

    private ManifestYaml() {}

    private static void withoutNulls(JsonNode texts) {
        if (texts instanceof ObjectNode map) {
            map.properties().removeIf(text -> text.getValue().isNull());
        }
    }

    /** The objects in the order of {@link InstallOrder}; empty documents are left out. */
    public static List<GenericKubernetesResource> parse(String text) {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.hasNonNull("kind")) {
                    if (!document.path("kind").asText().equals("CustomResourceDefinition")) {
                        TEXTS.forEach(name -> document.findValues(name).forEach(ManifestYaml::withoutNulls));
                    }
                    objects.add(JSON.convertValue(document, GenericKubernetesResource.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A manifest is not YAML", e);
        }
        objects.sort(Comparator.comparingInt(o -> InstallOrder.of(o.getKind())));
        return objects;
    }
}
