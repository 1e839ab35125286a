package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The mesh's identity, Istio's {@code global.meshID}; also the business key of every change to it. */
public record MeshId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MeshId {
        DnsLabel.require("mesh ID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
