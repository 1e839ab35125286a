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
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.Release;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
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
        assertThat(release.values().tree())
                .isEqualTo(Map.of("name", "istio-eastwestgateway", "networkGateway", "network2"));
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
    void shouldOfferTheWebhookAt443WhereAskedAndPossible() {
        assertThat(values(HostnameWay.WEBHOOK_PORT_443, primaryRemote("1.30.3")))
                .containsEntry("networkGatewayPorts", Map.of("tls-webhook", Map.of("port", 443, "targetPort", 15017)));
        assertThat(values(HostnameWay.WEBHOOK_PORT_443, primaryRemote("1.29.6")))
                .doesNotContainKey("networkGatewayPorts");
        assertThat(values(HostnameWay.WEBHOOK_PORT_443, MESH)).doesNotContainKey("networkGatewayPorts");
        assertThat(values(HostnameWay.RESOLVE, primaryRemote("1.30.3"))).doesNotContainKey("networkGatewayPorts");
    }

    /** The output of the script of 1.30.3 with {@code --network network2}, in another order. */
    @Test
    void shouldWriteTheIstioOperatorOfTheGuidesScript() {
        assertThat(SandboxCharts.operatorFile(gateway(HostnameWay.RESOLVE).part(MESH, MESH.member(TWO))))
                .isEqualTo("""
                        apiVersion: install.istio.io/v1alpha1
                        kind: IstioOperator
                        spec:
                          components:
                            ingressGateways:
                            - enabled: true
                              k8s:
                                env:
                                - name: ISTIO_META_REQUESTED_NETWORK_VIEW
                                  value: network2
                                service:
                                  ports:
                                  - name: status-port
                                    port: 15021
                                    targetPort: 15021
                                  - name: tls
                                    port: 15443
                                    targetPort: 15443
                                  - name: tls-istiod
                                    port: 15012
                                    targetPort: 15012
                                  - name: tls-webhook
                                    port: 15017
                                    targetPort: 15017
                              label:
                                app: istio-eastwestgateway
                                istio: eastwestgateway
                                topology.istio.io/network: network2
                              name: istio-eastwestgateway
                          profile: empty
                          tag: 1.30.3
                          values:
                            gateways:
                              istio-ingressgateway:
                                injectionTemplate: gateway
                            global:
                              network: network2
                        """);
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

        List<AppliedObject> applied = installer.exposeServices(MESH);

        assertThat(applied)
                .extracting(AppliedObject::cluster, a -> a.object().toString())
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

    private static Map<String, Object> values(HostnameWay way, Mesh mesh) {
        return gateway(way)
                .part(mesh, mesh.member(ONE))
                .releases()
                .get(0)
                .values()
                .tree();
    }

    private static Mesh primaryRemote(String version) {
        return new Mesh(
                MESH.id(),
                Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                IstioVersion.parse(version),
                List.of(MESH.member(ONE), Member.remote(TWO, new NetworkName("network2"), ONE)));
    }
}
