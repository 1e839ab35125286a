package io.meshspan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBalancerFailureTest {

    private static final Service PENDING = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("istio-system")
            .withName("istio-eastwestgateway")
            .endMetadata()
            .build();

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY_MULTI_NETWORK,
            new IstioVersion(1, 30, 3),
            List.of(
                    Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                    Member.primary(new ClusterName("cluster2"), new NetworkName("network2"))));

    @Test
    void shouldTellTheWordsOfTheLoadBalancersController() {
        assertThat(LoadBalancerFailure.in(
                        MESH,
                        cluster(
                                PENDING,
                                event("Normal", "EnsuringLoadBalancer", "10:00:05"),
                                event("Warning", "SyncLoadBalancerFailed", "10:00:05"))))
                .hasValueSatisfying(failure -> assertThat(failure.finding().found())
                        .isEqualTo("SyncLoadBalancerFailed: of SyncLoadBalancerFailed"));
    }

    @Test
    void shouldWaitWhileItTriesAgain() {
        assertThat(LoadBalancerFailure.in(
                        MESH,
                        cluster(
                                PENDING,
                                event("Warning", "SyncLoadBalancerFailed", "10:00:05"),
                                event("Normal", "EnsuringLoadBalancer", "10:00:15"))))
                .isEmpty();
    }

    @Test
    void shouldNotTakeTheEventOfAnotherControllerForSuccess() {
        Event refused = event("Warning", "FailedBuildModel", "10:00:05");
        refused.setSource(new EventSource("service.k8s.aws", null));
        Event ensuring = event("Normal", "EnsuringLoadBalancer", "10:00:06");
        ensuring.setSource(new EventSource("service-controller", null));

        assertThat(LoadBalancerFailure.in(MESH, cluster(PENDING, refused, ensuring)))
                .hasValueSatisfying(failure ->
                        assertThat(failure.finding().found()).isEqualTo("FailedBuildModel: of FailedBuildModel"));
    }

    /** The API events.k8s.io has one object for all attempts and counts them in a series. */
    @Test
    void shouldTellAnAttemptOfASeriesFromTheNext() {
        Event first = event("Warning", "FailedBuildModel", "10:00:05");
        first.setLastTimestamp(null);
        first.setEventTime(new MicroTime("2026-11-29T10:00:05.000000Z"));
        Event again = new EventBuilder(first)
                .withNewSeries()
                .withCount(2)
                .withNewLastObservedTime("2026-11-29T10:00:25.000000Z")
                .endSeries()
                .build();
        Event between = event("Normal", "EnsuringLoadBalancer", "10:00:15");

        assertThat(LoadBalancerFailure.in(MESH, cluster(PENDING, first, between)))
                .isEmpty();
        assertThat(LoadBalancerFailure.in(MESH, cluster(PENDING, again, between)))
                .hasValueSatisfying(failure -> assertThat(failure.evidence()).isEqualTo("FailedBuildModel 2"));
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

        assertThat(LoadBalancerFailure.in(MESH, cluster(balanced, event("Warning", "UnAvailableNodes", "10:00:05"))))
                .isEmpty();
    }

    private static ClusterInMemory cluster(HasMetadata... objects) {
        return new ClusterInMemory("cluster1").with(objects);
    }

    private static Event event(String type, String reason, String time) {
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
