package io.meshspan.manifest;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.mesh.ValuesRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Do the charts know the values that were given for them? Helm takes a misspelt key without a word. */
@Component
public final class ValuesCheck {

    private final Renderer renderer;
    private final ValuesLayers layers;

    ValuesCheck(Renderer renderer, ValuesLayers layers) {
        this.renderer = renderer;
        this.layers = layers;
    }

    /** Nothing is said of charts that cannot be had by themselves; rendering tells what is wrong with those. */
    public List<Finding> check(Mesh mesh) {
        Map<String, HelmValues> given = new LinkedHashMap<>();
        given.put("meshspan.values", layers.company());
        given.put("mesh " + mesh.id(), mesh.values());
        mesh.members().forEach(member -> given.put(member.cluster().value(), member.values()));
        given.values().removeIf(HelmValues::isEmpty);
        Map<ValuesPart, Optional<ChartKeys>> charts = new EnumMap<>(ValuesPart.class);
        List<Finding> findings = new ArrayList<>();
        given.forEach((where, values) -> values.tree().keySet().stream()
                .flatMap(key -> ValuesPart.of(key).stream())
                .filter(ValuesPart::isChart)
                .forEach(part -> charts.computeIfAbsent(part, first -> keys(first, mesh))
                        .ifPresent(keys -> findings.addAll(findings(where, part, values.part(part), keys)))));
        return findings;
    }

    private Optional<ChartKeys> keys(ValuesPart part, Mesh mesh) {
        return renderer.defaults(Chart.of(part), mesh.version()).map(ChartKeys::new);
    }

    private static List<Finding> findings(String where, ValuesPart part, HelmValues given, ChartKeys keys) {
        List<Finding> findings = keys.unknown(given).stream()
                .map(unknown -> Finding.warning(
                        where,
                        ValuesRules.name(part, unknown.path()),
                        "a key that chart %s knows".formatted(Chart.of(part).published()),
                        "one that it does not know, and ignores",
                        unknown.nearest()
                                .map(nearest -> "Did you mean %s?".formatted(nearest))
                                .orElse("Correct its name, or leave it out.")))
                .collect(Collectors.toCollection(ArrayList::new));
        keys.wrong(given)
                .forEach(wrong -> findings.add(Finding.blocking(
                        where,
                        ValuesRules.name(part, wrong.path()),
                        wrong.expected()
                                + ", as chart %s has it"
                                        .formatted(Chart.of(part).published()),
                        wrong.found(),
                        "Correct the value, or leave the key out.")));
        return findings;
    }
}
