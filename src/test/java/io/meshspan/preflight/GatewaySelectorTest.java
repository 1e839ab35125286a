package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewaySelectorTest {

    private final EastWestGateway gateway = mock(EastWestGateway.class);
    private final IngressGateway ingress = mock(IngressGateway.class);
    private final GatewaySelector check = new GatewaySelector(gateway, ingress);

    @BeforeEach
    void setUp() {
        given(gateway.desired(any(), any())).willReturn(List.copyOf(ManifestYaml.parse("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istio-eastwestgateway, namespace: istio-system}
                spec: {selector: {matchLabels: {app: gw, istio: eastwestgateway}}}
                """)));
    }

    @Test
    void shouldReportALiveGatewayWithAnotherSelector() {
        assertThat(CheckFindings.of(
                        check,
                        live("istio-eastwestgateway", Map.of("app", "gw", "topology.istio.io/network", "network1"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("Deployment istio-system/istio-eastwestgateway");
                    assertThat(finding.found())
                            .startsWith(
                                    "the selector {app=gw, topology.istio.io/network=network1}, which cannot be changed");
                    assertThat(finding.advice()).contains("meshspan.renderer");
                });
    }

    @Test
    void shouldReportALiveIngressGatewayWithAnotherSelector() {
        given(ingress.desired(any(), any())).willReturn(List.copyOf(ManifestYaml.parse("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istio-ingressgateway, namespace: istio-system}
                spec: {selector: {matchLabels: {istio: ingressgateway}}}
                """)));

        assertThat(CheckFindings.of(check, live("istio-ingressgateway", Map.of("app", "other"))))
                .extracting(Finding::what)
                .containsExactly("Deployment istio-system/istio-ingressgateway");
    }

    @Test
    void shouldAcceptTheSameSelector() {
        assertThat(CheckFindings.of(
                        check, live("istio-eastwestgateway", Map.of("istio", "eastwestgateway", "app", "gw"))))
                .isEmpty();
    }

    @Test
    void shouldFindNothingWithoutALiveGateway() {
        assertThat(CheckFindings.of(check, new ClusterInMemory("cluster1"))).isEmpty();
    }

    private static ClusterInMemory live(String name, Map<String, String> selector) {
        Deployment gateway = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("istio-system")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(selector)
                .endSelector()
                .endSpec()
                .build();
        return new ClusterInMemory("cluster1").with(gateway);
    }
}
