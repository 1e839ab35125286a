package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;

/** A chart with its values, and the name and namespace under which Helm users know its installation. */
public record Release(Chart chart, String name, String namespace, HelmValues values) {

    /** A release in istio-system. */
    public Release(Chart chart, String name, HelmValues values) {
        this(chart, name, ApplySet.NAMESPACE, values);
    }
}
