package io.meshspan.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.mesh.HelmValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a stream of YAML documents as objects. */
public final class ManifestYaml {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestYaml() {}

    /** A file of values, such as a chart's {@code values.yaml}. */
    static HelmValues values(String text) {
        try {
            JsonNode tree = YAML.readTree(text);
            return tree == null || !tree.isObject() ? HelmValues.NONE : JSON.convertValue(tree, HelmValues.class);
        } catch (IOException e) {
            throw new UncheckedIOException("values are not YAML", e);
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
