package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiDiscoveryTest {

    private static final String VERSION = "mesh.example.org/v1";

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private final KubernetesClient client = sandbox.client("cluster1");
    private final ApiDiscovery apiDiscovery = new ApiDiscovery(client);

    @Test
    void shouldKnowNothingOfAKindThatWasRemovedOnceItForgot() {
        // given
        client.resource(definition()).create();
        await().until(() -> apiDiscovery.find(VERSION, "Thing").isPresent());
        client.resource(definition()).delete();
        await().until(() -> client.getApiResources(VERSION) == null
                || client.getApiResources(VERSION).getResources().isEmpty());
        assertThat(apiDiscovery.find(VERSION, "Thing")).isPresent();

        // when
        apiDiscovery.forget();

        // then
        assertThat(apiDiscovery.find(VERSION, "Thing")).isEmpty();
    }

    private static CustomResourceDefinition definition() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("things.mesh.example.org")
                .endMetadata()
                .withNewSpec()
                .withGroup("mesh.example.org")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("Thing")
                .withPlural("things")
                .withSingular("thing")
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withServed(true)
                .withStorage(true)
                .endVersion()
                .endSpec()
                .build();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }
}
