package io.meshspan.condition;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshspan.audit.Changes;
import io.meshspan.kubernetes.Admissions;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.node.StepsInFlight;
import io.meshspan.trust.CertificateRequests;
import io.meshspan.verification.ControlPlaneReport;
import io.meshspan.verification.ControlPlaneView;
import io.meshspan.verification.MeshVerification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Answers;

/** Each wait looks for the reasons why it will never be met. */
class ConditionsTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %1$s-x, namespace: %2$s, uid: u, creationTimestamp: "%3$s", labels: {app: %1$s, pod-template-hash: x}}
            status: {%4$s}
            """;

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");
    private final MeshVerification verification = mock(MeshVerification.class);
    private final Conditions conditions = new Conditions(
            mock(
                    WaitProperties.class,
                    withSettings()
                            .defaultAnswer(call -> call.getMethod().getReturnType() == Duration.class
                                    ? Duration.ofSeconds(60)
                                    : Answers.RETURNS_DEFAULTS.answer(call))),
            ClustersInMemory.of(cluster, new ClusterInMemory("cluster2")),
            verification,
            mock(ClusterLeases.class),
            mock(StepsInFlight.class),
            mock(Changes.class),
            mock(CertificateRequests.class),
            mock(RotationConditions.class),
            mock(Polling.class));

    @ParameterizedTest
    @CsvSource({
        "istiod-ready,  istiod,                istio-system",
        "gateway-ready, istio-eastwestgateway, istio-system",
        "sample-ready,  helloworld,            sample",
    })
    void shouldKnowWhyPodsWillNotRun(String condition, String name, String namespace) {
        given(verification.sampleNamespace()).willReturn("sample");

        deployment(name, namespace, "");
        pod(
                name,
                namespace,
                "containerStatuses: [{name: a, image: i, state: {waiting: {reason: ImagePullBackOff, message: no such image}}}]");
        assertThat(told(condition)).containsExactly("ImagePullBackOff: no such image");

        pod(
                name,
                namespace,
                "containerStatuses: [{name: a, state: {waiting: {reason: CrashLoopBackOff}},"
                        + " lastState: {terminated: {exitCode: 2, reason: Error, message: unknown flag}}}]");
        assertThat(told(condition)).containsExactly("CrashLoopBackOff: exit code 2 (Error): unknown flag");

        pod(
                name,
                namespace,
                "phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable,"
                        + " message: 0/3 nodes, lastTransitionTime: \"2026-01-01T00:00:00Z\"}]");
        assertThat(told(condition)).containsExactly("FailedScheduling: 0/3 nodes");

        cluster.delete(object(POD.formatted(name, namespace, Instant.now(), "")));
        deployment(
                name,
                namespace,
                "conditions: [{type: ReplicaFailure, status: \"True\", reason: FailedCreate, message: m}]");
        cluster.admits(pod -> Admissions.refused("exceeded quota: few"));
        assertThat(told(condition)).containsExactly("FailedCreate: exceeded quota: few");
    }

    @Test
    void shouldKnowWhyThereWillBeNoAddress() {
        cluster.with(
                object(
                        "apiVersion: v1\nkind: Service\nmetadata: {name: istio-eastwestgateway, namespace: istio-system}"),
                object("""
                        apiVersion: v1
                        kind: Event
                        metadata: {name: e, namespace: istio-system, uid: e}
                        involvedObject: {kind: Service, name: istio-eastwestgateway}
                        type: Warning
                        reason: SyncLoadBalancerFailed
                        message: "quota of addresses is used up"
                        lastTimestamp: "2026-11-29T10:00:00Z"
                        """));

        assertThat(told("gateway-address")).containsExactly("SyncLoadBalancerFailed: quota of addresses is used up");
    }

    private List<String> told(String condition) {
        return conditions.named(condition).failures(MESH.among(List.of(ONE, TWO)), Optional.of(ONE)).stream()
                .filter(WaitFailure::lasting)
                .map(failure -> failure.finding().found())
                .toList();
    }

    private void deployment(String name, String namespace, String status) {
        put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s, uid: d, generation: 1}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template: {metadata: {labels: {app: %1$s}}, spec: {containers: [{name: a}]}}
                status: {observedGeneration: 1%3$s}
                """.formatted(name, namespace, status.isEmpty() ? "" : ", " + status));
    }

    private void pod(String name, String namespace, String status) {
        put(POD.formatted(name, namespace, Instant.now(), status));
    }

    private void put(String yaml) {
        HasMetadata object = object(yaml);
        cluster.delete(object);
        cluster.with(object);
    }

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, HasMetadata.class);
    }

    @Test
    void shouldTellWhichControlPlaneLacksWhichCluster() {
        given(verification.controlPlanes(MESH))
                .willReturn(new ControlPlaneReport(
                        new TreeMap<>(Map.of(ONE, view(TWO, "synced"), TWO, view(ONE, "timeout")))));

        AwaitedCondition synced = conditions.named("control-planes-synced");

        assertThat(synced.failures(MESH, Optional.empty())).isEmpty();
        assertThat(synced.reasons(MESH, Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("cluster2, istiod's view of cluster1: expected synced, found timeout.");
    }

    private static ControlPlaneView view(ClusterName target, String status) {
        return new ControlPlaneView(
                List.of(target), new TreeMap<>(Map.of("istiod-1", new TreeMap<>(Map.of(target, status)))), null);
    }
}
