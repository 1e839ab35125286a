package io.meshspan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.meshspan.kubernetes.ClusterInMemory;
import org.junit.jupiter.api.Test;

class GatewayAddressTest {

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");

    @Test
    void shouldBeAnIp() {
        service(new LoadBalancerIngressBuilder()
                .withIp("192.0.2.10")
                .withHostname("lb.example.org")
                .build());

        assertThat(GatewayAddress.find(cluster)).contains("192.0.2.10");
        assertThat(GatewayAddress.in(cluster)).isCompleted();
    }

    @Test
    void shouldBeAHostnameWhereThereIsNoIp() {
        service(new LoadBalancerIngressBuilder()
                .withIp("")
                .withHostname("lb.example.org")
                .build());

        assertThat(GatewayAddress.find(cluster)).contains("lb.example.org");
        assertThat(GatewayAddress.in(cluster)).isCompleted();
    }

    @Test
    void shouldNotBeKnownWhileTheCloudHasGivenNone() {
        assertThat(GatewayAddress.find(cluster)).isEmpty();

        service();
        assertThat(GatewayAddress.find(cluster)).isEmpty();
        assertThat(GatewayAddress.in(cluster)).isNotDone();
    }

    @Test
    void shouldNotBeKnownWhileAnIngressIsEmpty() {
        service(new LoadBalancerIngressBuilder().withHostname("").build());

        assertThat(GatewayAddress.find(cluster)).isEmpty();
        assertThat(GatewayAddress.in(cluster)).isNotDone();
    }

    private void service(LoadBalancerIngress... ingress) {
        ServiceStatus status = new ServiceStatus();
        LoadBalancerStatus balancer = new LoadBalancerStatus();
        balancer.setIngress(java.util.List.of(ingress));
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
