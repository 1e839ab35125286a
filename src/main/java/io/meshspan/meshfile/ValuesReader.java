package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.meshfile.YamlNode.Mapping;
import io.meshspan.meshfile.YamlNode.Sequence;
import io.meshspan.meshfile.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values of Istio's charts, with the place of each key. */
final class ValuesReader {

    private final List<Finding> findings;

    ValuesReader(List<Finding> findings) {
        this.findings = findings;
    }

    /**
     * Reads a node that holds parts.
     *
     * @param field the field's name in findings
     */
    RequestedValues read(String field, YamlNode node) {
        String where = node.place().toString();
        if (!(node instanceof Mapping parts)) {
            findings.add(InputRules.wrongType(where, field, "parts " + ValuesPart.keys(), node.told()));
            return RequestedValues.none(where);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<List<String>, String> places = new HashMap<>();
        parts.fields().forEach((name, part) -> {
            if (ValuesPart.of(name).isEmpty()) {
                findings.add(Finding.blocking(
                        part.key().toString(),
                        field + "." + InputRules.name(name),
                        "one of " + ValuesPart.keys(),
                        "no such part",
                        "Put the values of a chart below its part, as in istiod: {meshConfig: ...}, correct the name, or leave"
                                + " it out."));
            } else if (part.value() instanceof Mapping chart) {
                values.put(name, chart.value());
                places.put(List.of(name), part.key().toString());
                places(List.of(name), chart, places);
            } else {
                findings.add(InputRules.wrongType(
                        part.value().place().toString(),
                        field + "." + name,
                        "values of a chart",
                        HelmValues.kind(part.value().value())));
            }
        });
        return new RequestedValues(new HelmValues(values), where, places);
    }

    private void places(List<String> path, YamlNode node, Map<List<String>, String> places) {
        if (node instanceof Mapping map) {
            map.fields().forEach((name, field) -> {
                List<String> below = with(path, name);
                places.put(below, field.key().toString());
                places(below, field.value(), places);
            });
        } else if (node instanceof Sequence list) {
            list.items().forEach(item -> {
                places.putIfAbsent(with(path, "[]"), item.place().toString());
                places(with(path, "[]"), item, places);
            });
        } else if (node instanceof Text text
                && Characters.firstRefused(text.text(), 0).isPresent()) {
            findings.add(text.place()
                    .wrong(
                            InputRules.name(String.join(".", path)),
                            "a text without control characters",
                            "one with such a character",
                            "Take it out."));
        }
    }

    private static List<String> with(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    /**
     * Reads a separate text, such as the field of a form or a company's file.
     *
     * @param file the file's name in findings
     * @param part the part for which the text has values; null if it has several parts by their names
     */
    static ValuesText text(String file, String text, @Nullable ValuesPart part) {
        Document document = Document.read(file, text);
        List<Finding> findings = new ArrayList<>(document.findings());
        Mapping root = document.root();
        Mapping parts = part == null
                ? belowValues(root, findings)
                : new Mapping(Map.of(part.key(), new YamlNode.Field(root.place(), root)), root.place());
        return new ValuesText(new ValuesReader(findings).read("values", parts), findings);
    }

    /** The values of the running mesh are offered as a piece of a mesh file, which has them below this name. */
    private static Mapping belowValues(Mapping root, List<Finding> findings) {
        YamlNode.Field values = root.fields().get("values");
        if (values == null || !(values.value() instanceof Mapping parts)) {
            return root;
        }
        root.fields().forEach((name, field) -> {
            if (!name.equals("values")) {
                findings.add(
                        Finding.blocking(
                                field.key().toString(),
                                InputRules.name(name),
                                "values for all clusters alone",
                                "another field of a mesh file",
                                "Leave it out, or give the whole file to install-mesh: a mesh file has values for single clusters."));
            }
        });
        return parts;
    }
}
