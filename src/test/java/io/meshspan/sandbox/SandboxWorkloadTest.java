package io.meshspan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxWorkloadTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxCluster.named("cluster1", "network1").podDelay(Duration.ofMillis(20)));
    private final KubernetesClient client = sandbox.client("cluster1");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private static Deployment deployment(String image) {
        return Workloads.deployment("default", "web", image);
    }

    @Test
    void shouldBringADeploymentToReady() {
        client.resource(deployment("web:1")).create();
        Deployment ready = client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .waitUntilCondition(Readiness.getInstance()::isReady, 60, TimeUnit.SECONDS);
        assertThat(ready.getStatus().getObservedGeneration())
                .isEqualTo(ready.getMetadata().getGeneration());
        assertThat(ready.getStatus().getConditions())
                .anyMatch(condition -> condition.getType().equals("Available")
                        && condition.getStatus().equals("True"));
        assertThat(client.pods()
                        .inNamespace("default")
                        .withLabel("app", "web")
                        .list()
                        .getItems())
                .hasSize(2)
                .allMatch(Readiness.getInstance()::isReady)
                .allMatch(pod -> pod.getStatus().getPodIP().startsWith("10."));

        client.apps().deployments().inNamespace("default").withName("web").delete();
        client.pods()
                .inNamespace("default")
                .withLabel("app", "web")
                .informOnCondition(Collection::isEmpty)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void shouldNeverStartAProxyThatNobodyInjects() {
        client.resource(deployment("auto")).create();
        client.pods()
                .inNamespace("default")
                .withLabel("app", "web")
                .informOnCondition(pods -> pods.stream()
                        .anyMatch(pod -> pod.getStatus() != null
                                && "Pending".equals(pod.getStatus().getPhase())))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getStatus()
                        .getReadyReplicas())
                .isNull();
    }

    private Service balancer(String name) {
        return client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addNewPort()
                        .withPort(15443)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private Service addressed(String name) {
        return client.services()
                .inNamespace("default")
                .withName(name)
                .waitUntilCondition(
                        service -> !service.getStatus()
                                .getLoadBalancer()
                                .getIngress()
                                .isEmpty(),
                        5,
                        TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveALoadBalancerTheKindOfAddressThatWasAskedFor() {
        sandbox.cluster("cluster1").addressKind(AddressKind.NONE).addressDelay(Duration.ofMillis(10));
        balancer("late");
        sandbox.cluster("cluster1").addressKind(AddressKind.IP);
        assertThat(addressed("late")
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress()
                        .get(0)
                        .getIp())
                .startsWith("203.0.113.");
        sandbox.cluster("cluster1").addressKind(AddressKind.HOSTNAME);
        balancer("named");
        assertThat(addressed("named")
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress()
                        .get(0)
                        .getHostname())
                .endsWith(".cluster1.sandbox.example");
    }

    @Test
    void shouldRenderAsManyObjectsAsIstiosCharts() {
        assertThat(GuidedMesh.render("base")).hasSize(17);
        assertThat(GuidedMesh.render("istiod")).hasSize(17);
        assertThat(GuidedMesh.render("gateway"))
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder(
                        "ServiceAccount", "Role", "RoleBinding", "Service", "Deployment", "HorizontalPodAutoscaler");
    }
}
