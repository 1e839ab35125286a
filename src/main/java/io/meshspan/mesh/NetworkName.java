package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An Istio network: clusters on the same one reach each other's pods directly. Becomes a label value. */
public record NetworkName(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NetworkName {
        DnsLabel.require("network", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
