package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A cluster's name for people, a DNS-1123 label. Its name in Istio may differ, see {@link IstioClusterName}. */
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
