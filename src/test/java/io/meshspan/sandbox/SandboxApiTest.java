package io.meshspan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxApiTest {

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private final KubernetesClient client = sandbox.client("cluster1");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private <T extends HasMetadata> T apply(T object) {
        return client.resource(object).fieldManager("meshspan").forceConflicts().serverSideApply();
    }

    private static ConfigMap map(String key, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("map")
                .withNamespace("default")
                .endMetadata()
                .addToData(key, value)
                .build();
    }

    private @Nullable ConfigMap live() {
        return client.configMaps().inNamespace("default").withName("map").get();
    }

    private static GenericKubernetesResource gateway() {
        return Serialization.unmarshal("""
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: cross-network-gateway, namespace: default}
                spec:
                  selector: {istio: eastwestgateway}
                """, GenericKubernetesResource.class);
    }

    @Test
    void shouldCreateOnApplyAndKeepTheVersionWhenNothingChanges() {
        ConfigMap first = apply(map("a", "1"));
        ConfigMap second = apply(map("a", "1"));
        ConfigMap third = apply(map("a", "2"));
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(third.getMetadata().getResourceVersion())
                .isNotEqualTo(first.getMetadata().getResourceVersion());
        assertThat(third.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
    }

    @Test
    void shouldWithdrawWhatIsAppliedNoLongerAndLeaveWhatOthersWrote() {
        apply(map("a", "1"));
        client.configMaps()
                .inNamespace("default")
                .withName("map")
                .edit(live ->
                        new ConfigMapBuilder(live).addToData("others", "x").build());
        assertThat(apply(map("b", "1")).getData()).containsOnlyKeys("b", "others");
    }

    @Test
    void shouldAnswerADryRunWithoutWriting() {
        var applied = client.resource(map("a", "1"))
                .dryRun()
                .fieldManager("meshspan")
                .forceConflicts()
                .serverSideApply();
        assertThat(applied.getData()).containsEntry("a", "1");
        assertThat(live()).isNull();
        apply(map("a", "1"));
        var changed = client.resource(map("a", "2"))
                .dryRun()
                .fieldManager("meshspan")
                .forceConflicts()
                .serverSideApply();
        assertThat(changed.getData()).containsEntry("a", "2");
        assertThat(live()).isNotNull();
        assertThat(sandbox.writes("cluster1")).containsExactly(new Write("patch", "ConfigMap", "default", "map"));
    }

    @Test
    void shouldRefuseObjectsInAMissingNamespaceEvenInADryRun() {
        ConfigMap lost = new ConfigMapBuilder(map("a", "1"))
                .editMetadata()
                .withNamespace("nowhere")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> apply(lost)).hasMessageContaining("namespaces \"nowhere\" not found");
        assertThatThrownBy(() ->
                        client.resource(lost).dryRun().fieldManager("meshspan").serverSideApply())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @Test
    void shouldTurnTextOfASecretIntoData() {
        Secret secret = apply(new SecretBuilder()
                .withNewMetadata()
                .withName("s")
                .withNamespace("default")
                .endMetadata()
                .addToStringData("key", "value")
                .build());
        assertThat(secret.getData()).containsEntry("key", "dmFsdWU=");
        assertThat(secret.getStringData()).isNullOrEmpty();
        assertThat(secret.getType()).isEqualTo("Opaque");
    }

    @Test
    void shouldServeACustomResourceOnceItsDefinitionIsEstablished() {
        assertThatThrownBy(() -> apply(gateway()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(404));

        GuidedMesh.render("base").forEach(object -> {
            if (object.getKind().equals("CustomResourceDefinition")) {
                apply(object);
            }
        });
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.networking.istio.io")
                .waitUntilCondition(crd -> Catalog.established(Json.tree(crd)), 60, TimeUnit.SECONDS);

        GenericKubernetesResource first = apply(gateway());
        GenericKubernetesResource second = apply(gateway());
        assertThat(first.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(client.genericKubernetesResources("networking.istio.io/v1beta1", "Gateway")
                        .inNamespace("default")
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(old -> assertThat(old.getApiVersion()).isEqualTo("networking.istio.io/v1beta1"));
    }

    @Test
    void shouldTellItsVersionGroupsAndKinds() {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("35");
        assertThat(client.getApiGroup("apps")).isNotNull();
        assertThat(client.getApiResources("v1").getResources())
                .anyMatch(kind -> kind.getName().equals("secrets"));
        assertThat(client.hasApiGroup("networking.istio.io", false)).isFalse();
    }

    @Test
    void shouldSelectByLabels() {
        for (String tier : new String[] {"a", "b", "c"}) {
            apply(new ConfigMapBuilder(map("a", "1"))
                    .editMetadata()
                    .withName(tier)
                    .addToLabels("tier", tier)
                    .endMetadata()
                    .build());
        }
        var maps = client.configMaps().inNamespace("default");
        assertThat(maps.withLabel("tier", "a").list().getItems()).hasSize(1);
        assertThat(maps.withLabelIn("tier", "a", "b").list().getItems()).hasSize(2);
        assertThat(maps.withLabel("tier").withoutLabel("tier", "c").list().getItems())
                .hasSize(2);
        assertThat(client.configMaps().inAnyNamespace().withLabel("tier").list().getItems())
                .hasSize(3);
    }

    @Test
    void shouldTellAWatcherOfOneObjectAsSoonAsItChanges() throws Exception {
        CompletableFuture<java.util.List<ConfigMap>> found = client.configMaps()
                .inNamespace("default")
                .withName("map")
                .informOnCondition(list ->
                        list.stream().anyMatch(map -> "2".equals(map.getData().get("a"))));
        apply(map("a", "1"));
        apply(map("a", "2"));
        assertThat(found.get(60, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void shouldRemoveANamespaceWithEverythingInIt() {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName("sample")
                .endMetadata()
                .build());
        ConfigMap inside = apply(new ConfigMapBuilder(map("a", "1"))
                .editMetadata()
                .withNamespace("sample")
                .endMetadata()
                .build());
        client.namespaces().withName("sample").delete();
        client.namespaces().withName("sample").waitUntilCondition(namespace -> namespace == null, 60, TimeUnit.SECONDS);
        assertThat(client.resource(inside).get()).isNull();
    }

    @Test
    void shouldDeleteOnceAndRememberTheWrite() {
        apply(map("a", "1"));
        assertThat(client.resource(map("a", "1")).delete()).hasSize(1);
        assertThat(client.resource(map("a", "1")).delete()).isEmpty();
        assertThat(sandbox.writes("cluster1")).extracting(Write::verb).containsExactly("patch", "delete");
    }

    @Test
    void shouldDenyWhatItWasToldToDeny() {
        sandbox.cluster("cluster1").deny("patch", "configmaps");
        assertThatThrownBy(() -> apply(map("a", "1")))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
        assertThat(may("patch", "configmaps")).isFalse();
        assertThat(may("create", "configmaps")).isTrue();
    }

    private boolean may(String verb, String resource) {
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withResource(resource)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }
}
