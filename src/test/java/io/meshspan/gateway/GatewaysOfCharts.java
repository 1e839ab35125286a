package io.meshspan.gateway;

import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;

/** Gateways as Istio's own chart makes them, for tests of other packages. */
public final class GatewaysOfCharts {

    private GatewaysOfCharts() {}

    public static EastWestGateway eastWest(ValuesLayers layers) {
        return new EastWestGateway(SandboxCharts.istio(), layers, new GatewayProperties(HostnameWay.RESOLVE));
    }

    public static IngressGateway ingress(ValuesLayers layers) {
        return new IngressGateway(SandboxCharts.istio(), layers);
    }
}
