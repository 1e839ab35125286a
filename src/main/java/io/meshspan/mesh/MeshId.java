package io.meshspan.mesh;

/** The mesh's identity, Istio's {@code global.meshID}; also the business key of every change to it. */
public record MeshId(String value) {

    public MeshId {
        DnsLabel.require("mesh ID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
