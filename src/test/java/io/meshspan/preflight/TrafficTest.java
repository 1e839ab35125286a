package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.security.v1beta1.PeerAuthenticationMutualTLS;
import io.fabric8.istio.api.api.security.v1beta1.PeerAuthenticationMutualTLSMode;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.security.v1.PeerAuthenticationBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void shouldNameThePoliciesThatSwitchMutualTlsOff() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        peers("off", PeerAuthenticationMutualTLSMode.DISABLE).build(),
                        peers("on", PeerAuthenticationMutualTLSMode.STRICT).build(),
                        new DestinationRuleBuilder()
                                .withNewMetadata()
                                .withName("plain")
                                .withNamespace("shop")
                                .endMetadata()
                                .withNewSpec()
                                .withNewTrafficPolicy()
                                .withNewTls()
                                .withMode(ClientTLSSettingsTLSmode.DISABLE)
                                .endTls()
                                .endTrafficPolicy()
                                .endSpec()
                                .build());

        // then
        assertThat(CheckFindings.of(new DisabledMutualTls(), cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("DestinationRule shop/plain, PeerAuthentication shop/off"));
    }

    @Test
    void shouldWarnWhereOtherLoadBalancersWaitInVain() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1").with(balanced("waiting"));

        // then
        assertThat(CheckFindings.of(new LoadBalancers(), cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("load balancer of Service shop/waiting"));
    }

    @Test
    void shouldNotWarnOfOneThatWaitsWhereAnotherHasAnAddress() {
        // given
        ClusterInMemory cluster =
                new ClusterInMemory("cluster1").with(balanced("waiting"), at("served", "192.0.2.7", ""));

        // then
        assertThat(CheckFindings.of(new LoadBalancers(), cluster)).isEmpty();
    }

    @Test
    void shouldWarnOfHostnamesWhereRemotesWouldCallThem() {
        // given
        Service named = at("served", "", "lb.example.org");

        // then
        assertThat(CheckFindings.of(new LoadBalancers(), new ClusterInMemory("cluster1").with(named)))
                .isEmpty();
        assertThat(CheckFindings.of(
                        new LoadBalancers(), CheckFindings.PRIMARY_REMOTE, new ClusterInMemory("cluster1").with(named)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("a hostname"));
    }

    @Test
    void shouldNoteAQuotaOfIstioSystem() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("small")
                        .withNamespace("istio-system")
                        .endMetadata()
                        .build());

        // then
        assertThat(CheckFindings.of(new NamespaceLimits(), cluster))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.what()).isEqualTo("ResourceQuota istio-system/small");
                });
    }

    private static PeerAuthenticationBuilder peers(String name, PeerAuthenticationMutualTLSMode mode) {
        return new PeerAuthenticationBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withMtls(new PeerAuthenticationMutualTLS(mode))
                .endSpec();
    }

    private static Service balanced(String name) {
        return new ServiceBuilder(CheckFindings.service("shop", name))
                .editMetadata()
                .withCreationTimestamp(Instant.now().minus(Duration.ofHours(1)).toString())
                .endMetadata()
                .editSpec()
                .withType("LoadBalancer")
                .endSpec()
                .build();
    }

    private static Service at(String name, String ip, String hostname) {
        return new ServiceBuilder(balanced(name))
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp(ip)
                .withHostname(hostname)
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }
}
