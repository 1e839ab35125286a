package io.meshspan.gateway;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.Release;
import io.meshspan.manifest.SandboxCharts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EastWestGatewayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldNameTheGatewayAndItsNetworkOnly() {
        Release release = gateway(HostnameWay.RESOLVE)
                .part(MESH, MESH.member(TWO))
                .releases()
                .get(0);

        assertThat(release.chart()).isEqualTo(Chart.GATEWAY);
        assertThat(release.name()).isEqualTo("istio-eastwestgateway");
        assertThat(release.values()).isEqualTo(Map.of("name", "istio-eastwestgateway", "networkGateway", "network2"));
    }

    @Test
    void shouldOfferThePortsOfTheGuide() {
        HasMetadata rendered = gateway(HostnameWay.RESOLVE).desired(MESH, MESH.member(TWO)).stream()
                .filter(object -> object.getKind().equals("Service"))
                .findFirst()
                .orElseThrow();
        Service service = JSON.convertValue(rendered, Service.class);

        assertThat(service.getMetadata().getLabels()).containsEntry("topology.istio.io/network", "network2");
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactlyInAnyOrder(15021, 15443, 15012, 15017);
    }

    @Test
    void shouldExposeTheServicesOfEveryPrimaryAsTheGuideDoes() {
        ClusterInMemory one = new ClusterInMemory("cluster1");
        ClusterInMemory two = new ClusterInMemory("cluster2");
        GatewayInstaller installer = new GatewayInstaller(
                ClustersInMemory.of(one, two),
                gateway(HostnameWay.RESOLVE),
                new IngressGateway(SandboxCharts.renderer(), SandboxCharts.images(null, null)),
                SandboxCharts.installer());

        List<Applied> applied = installer.exposeServices(MESH);

        assertThat(applied)
                .extracting(Applied::cluster, a -> a.object().toString())
                .containsExactly(
                        tuple(ONE, "Gateway istio-system/cross-network-gateway"),
                        tuple(TWO, "Gateway istio-system/cross-network-gateway"));
        assertThat(two.objects()).singleElement().satisfies(gateway -> {
            String label = gateway.getMetadata().getLabels().toString();
            assertThat(label).contains("applyset.kubernetes.io/part-of");
            gateway.getMetadata().setLabels(null);
            assertThat(JSON.<JsonNode>valueToTree(gateway)).isEqualTo(new YAMLMapper().readTree("""
                            apiVersion: networking.istio.io/v1
                            kind: Gateway
                            metadata:
                              name: cross-network-gateway
                              namespace: istio-system
                            spec:
                              selector:
                                istio: eastwestgateway
                              servers:
                                - port: {number: 15443, name: tls, protocol: TLS}
                                  tls: {mode: AUTO_PASSTHROUGH}
                                  hosts: ["*.local"]
                            """));
        });
    }

    private static EastWestGateway gateway(HostnameWay way) {
        return new EastWestGateway(
                SandboxCharts.renderer(), SandboxCharts.images(null, null), new GatewayProperties(way));
    }
}
