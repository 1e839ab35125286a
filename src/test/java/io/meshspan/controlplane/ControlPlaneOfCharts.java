package io.meshspan.controlplane;

import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;

/** Control planes as Istio's own charts make them, for tests of other packages. */
public final class ControlPlaneOfCharts {

    private ControlPlaneOfCharts() {}

    public static Primary primary(ValuesLayers layers) {
        return new Primary(SandboxCharts.istio(), layers);
    }

    public static Remote remote(ValuesLayers layers) {
        return new Remote(SandboxCharts.istio(), layers);
    }
}
