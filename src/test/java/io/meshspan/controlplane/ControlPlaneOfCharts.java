package io.meshspan.controlplane;

import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;

/** Control planes as charts make them, for tests of other packages; Istio's own charts where none are named. */
public final class ControlPlaneOfCharts {

    private ControlPlaneOfCharts() {}

    public static Primary primary(ValuesLayers layers) {
        return primary(SandboxCharts.istio(), layers);
    }

    public static Primary primary(Renderer renderer, ValuesLayers layers) {
        return new Primary(renderer, layers);
    }

    public static Remote remote(ValuesLayers layers) {
        return remote(SandboxCharts.istio(), layers);
    }

    public static Remote remote(Renderer renderer, ValuesLayers layers) {
        return new Remote(renderer, layers);
    }
}
