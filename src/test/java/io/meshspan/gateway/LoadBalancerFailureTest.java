package io.meshspan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import org.junit.jupiter.api.Test;

class LoadBalancerFailureTest {

    private static final Service PENDING = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("istio-system")
            .withName("istio-eastwestgateway")
            .endMetadata()
            .build();

    @Test
    void shouldTellTheWordsOfTheLoadBalancersController() {
        assertThat(LoadBalancerFailure.in(cluster(
                        PENDING,
                        event("Normal", "EnsuringLoadBalancer", "10:00:05"),
                        event("Warning", "SyncLoadBalancerFailed", "10:00:05"))))
                .hasValueSatisfying(failure -> assertThat(failure.finding().found())
                        .isEqualTo("SyncLoadBalancerFailed: of SyncLoadBalancerFailed"));
    }

    @Test
    void shouldWaitWhileItTriesAgain() {
        assertThat(LoadBalancerFailure.in(cluster(
                        PENDING,
                        event("Warning", "SyncLoadBalancerFailed", "10:00:05"),
                        event("Normal", "EnsuringLoadBalancer", "10:00:15"))))
                .isEmpty();
    }

    @Test
    void shouldSayNothingOfAGatewayThatHasItsAddress() {
        Service balanced = new ServiceBuilder(PENDING)
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp("192.0.2.1")
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();

        assertThat(LoadBalancerFailure.in(cluster(balanced, event("Warning", "UnAvailableNodes", "10:00:05"))))
                .isEmpty();
    }

    private static ClusterInMemory cluster(HasMetadata... objects) {
        return new ClusterInMemory("cluster1").with(objects);
    }

    private static HasMetadata event(String type, String reason, String time) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName(reason)
                .withUid(reason)
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage("of " + reason)
                .withLastTimestamp("2026-11-29T%sZ".formatted(time))
                .withNewInvolvedObject()
                .withKind("Service")
                .withName("istio-eastwestgateway")
                .endInvolvedObject()
                .build();
    }
}
