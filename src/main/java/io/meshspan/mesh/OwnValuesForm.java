package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of the values that Meshspan itself uses and no chart takes: for its namespaces and for the sample. */
final class OwnValuesForm {

    private static final Set<String> NAMESPACES = Set.of("istioSystem", "gateway", "sample");
    private static final Set<String> MARKS = Set.of("labels", "annotations");
    private static final Map<String, Class<?>> SAMPLE = Map.of(
            "imagePullSecrets", List.class,
            "tolerations", List.class,
            "nodeSelector", Map.class,
            "affinity", Map.class,
            "priorityClassName", String.class,
            "podLabels", Map.class,
            "podAnnotations", Map.class,
            "securityContext", Map.class,
            "containerSecurityContext", Map.class,
            "resources", Map.class);

    /** Labels that Meshspan sets on its namespaces or reads there. */
    private static final Set<String> OWN_MARKS = Set.of(
            Member.NETWORK_LABEL,
            "topology.istio.io/controlPlaneClusters",
            "istio-injection",
            "istio.io/rev",
            "app.kubernetes.io/managed-by");

    private OwnValuesForm() {}

    static Stream<Finding> findings(ValuesPart part, RequestedValues requested) {
        HelmValues values = requested.values().part(part);
        return switch (part) {
            case NAMESPACES ->
                values.tree().keySet().stream()
                        .flatMap(name -> NAMESPACES.contains(name)
                                ? namespace(requested, values, name)
                                : Stream.of(unknown(requested, part, List.of(name), NAMESPACES)));
            case SAMPLE ->
                values.tree().entrySet().stream().flatMap(field -> sample(requested, field.getKey(), field.getValue()));
            default -> Stream.of();
        };
    }

    private static Stream<Finding> namespace(RequestedValues requested, HelmValues namespaces, String name) {
        HelmValues namespace = namespaces.below(name);
        return namespace.tree().keySet().stream()
                .flatMap(kind -> MARKS.contains(kind)
                        ? marks(requested, namespace, name, kind)
                        : Stream.of(unknown(requested, ValuesPart.NAMESPACES, List.of(name, kind), MARKS)));
    }

    private static Stream<Finding> marks(RequestedValues requested, HelmValues namespace, String name, String kind) {
        return namespace.below(kind).tree().entrySet().stream().flatMap(mark -> {
            List<String> path = List.of(name, kind, mark.getKey());
            if (OWN_MARKS.contains(mark.getKey()) || mark.getKey().startsWith("meshspan.io/")) {
                return Stream.of(Finding.blocking(
                        place(requested, ValuesPart.NAMESPACES, path),
                        ValuesRules.name(ValuesPart.NAMESPACES, path),
                        "no value, since Meshspan sets it",
                        "a value",
                        "Leave it out: it follows from the mesh."));
            }
            return mark.getValue() instanceof String || mark.getValue() == null
                    ? Stream.of()
                    : Stream.of(wrong(requested, ValuesPart.NAMESPACES, path, String.class, mark.getValue()));
        });
    }

    private static Stream<Finding> sample(RequestedValues requested, String field, @Nullable Object value) {
        Class<?> type = SAMPLE.get(field);
        if (type == null) {
            return Stream.of(unknown(requested, ValuesPart.SAMPLE, List.of(field), SAMPLE.keySet()));
        }
        return value == null || type.isInstance(value)
                ? Stream.of()
                : Stream.of(wrong(requested, ValuesPart.SAMPLE, List.of(field), type, value));
    }

    private static Finding unknown(RequestedValues requested, ValuesPart part, List<String> path, Set<String> known) {
        return InputRules.unknown(place(requested, part, path), ValuesRules.name(part, path), new TreeSet<>(known));
    }

    private static Finding wrong(
            RequestedValues requested, ValuesPart part, List<String> path, Class<?> type, Object value) {
        return InputRules.wrongType(
                place(requested, part, path),
                ValuesRules.name(part, path),
                HelmValues.kind(type),
                HelmValues.kind(value));
    }

    private static String place(RequestedValues requested, ValuesPart part, List<String> path) {
        return requested.place(ValuesRules.at(part, path));
    }
}
