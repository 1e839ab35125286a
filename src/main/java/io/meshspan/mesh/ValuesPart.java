package io.meshspan.mesh;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What values can be given for: Istio's charts by the part of the mesh that they install, and what Meshspan itself makes. */
public enum ValuesPart {
    BASE("base"),
    ISTIOD("istiod"),
    EAST_WEST_GATEWAY("eastWestGateway"),
    INGRESS_GATEWAY("ingressGateway"),

    /** Labels and annotations of the namespaces that Meshspan makes. */
    NAMESPACES("namespaces"),

    /** Where and how the pods of the verification run. */
    SAMPLE("sample");

    private final String key;

    ValuesPart(String key) {
        this.key = key;
    }

    /** As files name it. */
    public String key() {
        return key;
    }

    public static Optional<ValuesPart> of(String key) {
        return Stream.of(values()).filter(part -> part.key.equals(key)).findFirst();
    }

    public static List<String> keys() {
        return Stream.of(values()).map(ValuesPart::key).toList();
    }

    /** Whether its values are those of a chart. */
    public boolean isChart() {
        return this != NAMESPACES && this != SAMPLE;
    }
}
