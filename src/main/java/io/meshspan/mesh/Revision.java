package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Istio's {@code revision}: the name under which a control plane runs beside others. Its objects carry it as a suffix,
 * and what it injects is labelled {@code istio.io/rev}. Most meshes run without one.
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

    /** The name of an object of this control plane, for example {@code istiod-1-30} of {@code istiod}. */
    public String name(String base) {
        return isNamed() ? base + "-" + value : base;
    }

    @Override
    public String toString() {
        return value;
    }
}
