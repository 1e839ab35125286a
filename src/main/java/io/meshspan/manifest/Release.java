package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;

/** A chart, the name under which Helm users know its installation, and the values that it is given. */
public record Release(Chart chart, String name, HelmValues values) {}
