package io.meshspan.controlplane;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IstiodReadyTest {

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");

    @Test
    void shouldBeWhenIstiodRunsAndItsWebhooksCanBeTrusted() {
        cluster.apply(istiod(1));
        cluster.apply(injector("aXN0aW9k", "aXN0aW9k"));

        assertThat(IstiodReady.in(MESH, cluster)).isCompleted();
    }

    @Test
    void shouldNotBeWhileOneWebhookHasNoBundle() {
        cluster.apply(istiod(1));
        cluster.apply(injector("aXN0aW9k", ""));

        assertThat(IstiodReady.in(MESH, cluster)).isNotDone();
    }

    @Test
    void shouldNotBeWhileTheBundleIsNotThereAtAll() {
        cluster.apply(istiod(1));
        cluster.apply(injector("aXN0aW9k", null));

        assertThat(IstiodReady.in(MESH, cluster)).isNotDone();
    }

    @Test
    void shouldNotBeWhileIstiodDoesNotRun() {
        cluster.apply(istiod(0));
        cluster.apply(injector("aXN0aW9k", "aXN0aW9k"));

        assertThat(IstiodReady.in(MESH, cluster)).isNotDone();
    }

    private static HasMetadata istiod(int available) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("istiod")
                .withNamespace("istio-system")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static HasMetadata injector(String first, @Nullable String second) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("istio-sidecar-injector")
                .endMetadata()
                .addNewWebhook()
                .withNewClientConfig()
                .withCaBundle(first)
                .endClientConfig()
                .endWebhook()
                .addNewWebhook()
                .withNewClientConfig()
                .withCaBundle(second)
                .endClientConfig()
                .endWebhook()
                .build();
    }
}
