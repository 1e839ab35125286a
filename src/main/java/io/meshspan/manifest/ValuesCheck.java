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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks whether the charts know the given values: Helm accepts a misspelt key silently. */
@Component
public final class ValuesCheck {

    private final Renderer renderer;
    private final ValuesLayers layers;

    ValuesCheck(Renderer renderer, ValuesLayers layers) {
        this.renderer = renderer;
        this.layers = layers;
    }

    /** Skips charts that cannot be fetched separately; rendering reports their problems. */
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
        given.forEach((where, values) -> values.tree().keySet().stream()
                .flatMap(key -> ValuesPart.of(key).stream())
                .forEach(part -> renderer.inexpressible(part, values.part(part)).stream()
                        .map(path -> inexpressible(where, part, path))
                        .forEach(findings::add)));
        trustDomain(mesh).ifPresent(findings::add);
        return findings;
    }

    private static Finding inexpressible(String where, ValuesPart part, List<String> path) {
        return Finding.blocking(
                where,
                ValuesRules.name(part, path),
                "a key that an IstioOperator has a place for, since meshspan.renderer is istioctl",
                "one that only Helm's chart takes",
                "Leave it out, or set meshspan.renderer to helm; gateways that live already are of the one or the other.");
    }

    /** Identities contain the trust domain, so a mesh has only one. */
    private Optional<Finding> trustDomain(Mesh mesh) {
        Set<String> domains = mesh.members().stream()
                .map(member -> layers.given(ValuesPart.ISTIOD, mesh, member)
                        .text("meshConfig", "trustDomain")
                        .orElse("cluster.local"))
                .collect(Collectors.toCollection(TreeSet::new));
        return domains.size() < 2
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "mesh " + mesh.id(),
                        "values.istiod.meshConfig.trustDomain",
                        "one trust domain in all clusters",
                        domains.toString(),
                        "Give it in the values of the mesh, and to no cluster alone."));
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
