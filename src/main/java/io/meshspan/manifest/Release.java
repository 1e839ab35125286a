package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;

/** A chart, the name and namespace under which Helm users know its installation, and the values that it is given. */
public record Release(Chart chart, String name, String namespace, HelmValues values) {

    /** One in istio-system. */
    public Release(Chart chart, String name, HelmValues values) {
        this(chart, name, ApplySet.NAMESPACE, values);
    }
}
