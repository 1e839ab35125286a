package io.meshspan.gateway;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayAddressTest {

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");

    @Test
    void shouldBeAnIp() {
        service(new LoadBalancerIngressBuilder()
                .withIp("192.0.2.10")
                .withHostname("lb.example.org")
                .build());

        assertThat(GatewayAddress.all(MESH, cluster)).contains("192.0.2.10");
        assertThat(GatewayAddress.in(MESH, cluster)).isCompleted();
    }

    @Test
    void shouldBeAHostnameWhereThereIsNoIp() {
        service(new LoadBalancerIngressBuilder()
                .withIp("")
                .withHostname("lb.example.org")
                .build());

        assertThat(GatewayAddress.all(MESH, cluster)).contains("lb.example.org");
        assertThat(GatewayAddress.in(MESH, cluster)).isCompleted();
    }

    @Test
    void shouldNotBeKnownWhileTheCloudHasGivenNone() {
        assertThat(GatewayAddress.all(MESH, cluster)).isEmpty();

        service();
        assertThat(GatewayAddress.all(MESH, cluster)).isEmpty();
        assertThat(GatewayAddress.in(MESH, cluster)).isNotDone();
    }

    @Test
    void shouldNotBeKnownWhileAnIngressIsEmpty() {
        service(new LoadBalancerIngressBuilder().withHostname("").build());

        assertThat(GatewayAddress.all(MESH, cluster)).isEmpty();
        assertThat(GatewayAddress.in(MESH, cluster)).isNotDone();
    }

    @Test
    void shouldBeAllThatTheServiceHas() {
        service(
                new LoadBalancerIngressBuilder().withIp("2001:db8:31::10").build(),
                new LoadBalancerIngressBuilder().withIp("203.0.113.31").build());

        assertThat(GatewayAddress.all(MESH, cluster)).containsExactly("2001:db8:31::10", "203.0.113.31");
    }

    @Test
    void shouldBeWhatSomebodyDeclaredWithoutALook() {
        Mesh mesh = new Mesh(
                MESH.id(),
                MESH.topology(),
                MESH.version(),
                List.of(
                        MESH.members().get(0).with(HelmValues.NONE, new DeclaredGateway("gw.example.org", 443)),
                        MESH.members().get(1)));

        assertThat(GatewayAddress.all(mesh, cluster)).containsExactly("gw.example.org");
        assertThat(GatewayAddress.in(mesh, cluster)).isCompleted();
    }

    @Test
    void shouldBeLookedForInTheNamespaceOfTheGateways() {
        service(new LoadBalancerIngressBuilder().withIp("192.0.2.10").build());

        assertThat(GatewayAddress.all(MESH.with(HelmValues.NONE, "istio-gateways"), cluster))
                .isEmpty();
        assertThat(GatewayAddress.in(MESH.with(HelmValues.NONE, "istio-gateways"), cluster))
                .isNotDone();
    }

    /** Istio then takes those of the nodes: nothing else will come. */
    @Test
    void shouldNotBeWaitedForWhereIstioTakesTheNodes() {
        cluster.apply(new ServiceBuilder()
                .withNewMetadata()
                .withName("istio-eastwestgateway")
                .withNamespace("istio-system")
                .addToAnnotations("traffic.istio.io/nodeSelector", "{}")
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .endSpec()
                .build());

        assertThat(GatewayAddress.in(MESH, cluster)).isCompleted();
    }

    private void service(LoadBalancerIngress... ingress) {
        ServiceStatus status = new ServiceStatus();
        LoadBalancerStatus balancer = new LoadBalancerStatus();
        balancer.setIngress(List.of(ingress));
        status.setLoadBalancer(balancer);
        cluster.apply(new ServiceBuilder()
                .withNewMetadata()
                .withName("istio-eastwestgateway")
                .withNamespace("istio-system")
                .endMetadata()
                .withStatus(status)
                .build());
    }
}
