package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A cluster's name: its {@code clusterName} in Istio and the key of its remote secret, so a DNS-1123 label. */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClusterName {
        DnsLabel.require("cluster name", value);
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
