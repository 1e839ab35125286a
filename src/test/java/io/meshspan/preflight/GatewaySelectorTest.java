package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewaySelectorTest {

    private final EastWestGateway gateway = mock(EastWestGateway.class);
    private final GatewaySelector check = new GatewaySelector(gateway);

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
    void shouldTellThatTheSelectorOfALivingGatewayCannotBeChanged() {
        assertThat(Seen.by(check, living(Map.of("app", "gw", "topology.istio.io/network", "network1"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .isEqualTo(
                                "the selector {app=gw, topology.istio.io/network=network1}, which cannot be changed"));
    }

    @Test
    void shouldLetTheSameSelectorBe() {
        assertThat(Seen.by(check, living(Map.of("istio", "eastwestgateway", "app", "gw"))))
                .isEmpty();
    }

    @Test
    void shouldFindNothingWhereThereIsNoGatewayYet() {
        assertThat(Seen.by(check, new ClusterInMemory("cluster1"))).isEmpty();
    }

    private static ClusterInMemory living(Map<String, String> selector) {
        Deployment gateway = new DeploymentBuilder()
                .withNewMetadata()
                .withName("istio-eastwestgateway")
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
