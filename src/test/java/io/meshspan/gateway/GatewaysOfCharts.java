package io.meshspan.gateway;

import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;

/** Gateways as charts make them, for tests of other packages; Istio's own chart where none is named. */
public final class GatewaysOfCharts {

    private GatewaysOfCharts() {}

    public static EastWestGateway eastWest(ValuesLayers layers) {
        return eastWest(SandboxCharts.istio(), layers);
    }

    public static EastWestGateway eastWest(Renderer renderer, ValuesLayers layers) {
        return new EastWestGateway(renderer, layers, new GatewayProperties(HostnameWay.RESOLVE));
    }

    public static IngressGateway ingress(ValuesLayers layers) {
        return ingress(SandboxCharts.istio(), layers);
    }

    public static IngressGateway ingress(Renderer renderer, ValuesLayers layers) {
        return new IngressGateway(renderer, layers);
    }
}
