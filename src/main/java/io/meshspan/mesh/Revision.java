package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Istio's {@code revision}: the name of a control plane that runs next to others. Its objects have the revision as a suffix,
 * and injected workloads have the label {@code istio.io/rev}. Most meshes have no revision.
 */
public record Revision(@JsonValue String value) {

    /** The control plane without a name; Istio also calls it "default". */
    public static final Revision NONE = new Revision("");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Revision {
        if (!value.isEmpty()) {
            DnsLabel.require("revision", value);
        }
    }

    public boolean isNamed() {
        return !value.isEmpty();
    }

    /** The name of an object of this control plane, for example {@code istiod-1-30} for {@code istiod}. */
    public String name(String base) {
        return isNamed() ? base + "-" + value : base;
    }

    @Override
    public String toString() {
        return value;
    }
}
