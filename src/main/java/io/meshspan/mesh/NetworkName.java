package io.meshspan.mesh;

/** An Istio network: clusters on the same one reach each other's pods directly. Becomes a label value. */
public record NetworkName(String value) {

    public NetworkName {
        DnsLabel.require("network", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
