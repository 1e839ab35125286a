package io.meshspan.mesh;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that take values: Istio's charts by the part of the mesh that they install, and the objects that Meshspan makes.
 */
public enum ValuesPart {
    BASE("base"),
    ISTIOD("istiod"),
    EAST_WEST_GATEWAY("eastWestGateway"),
    INGRESS_GATEWAY("ingressGateway"),

    /** Labels and annotations of the namespaces that Meshspan makes. */
    NAMESPACES("namespaces"),

    /** Settings for the pods of the verification. */
    SAMPLE("sample");

    private final String key;

    ValuesPart(String key) {
        this.key = key;
    }

    /** The part's name in files. */
    public String key() {
        return key;
    }

    public static Optional<ValuesPart> of(String key) {
        return Stream.of(values()).filter(part -> part.key.equals(key)).findFirst();
    }

    public static List<String> keys() {
        return Stream.of(values()).map(ValuesPart::key).toList();
    }

    /** Whether a chart takes its values. */
    public boolean isChart() {
        return this != NAMESPACES && this != SAMPLE;
    }
}
