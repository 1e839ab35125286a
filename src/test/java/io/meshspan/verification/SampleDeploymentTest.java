package io.meshspan.verification;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.verification.PlayedClusters.DEFAULTS;
import static io.meshspan.verification.PlayedClusters.MULTI_PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class SampleDeploymentTest {

    private final PlayedClusters clusters = new PlayedClusters();
    private final SampleDeployment sample = new SampleDeployment(clusters, new SampleObjects(DEFAULTS));

    @Test
    void shouldPutOneVersionIntoEachClusterAndTheServiceIntoAll() {
        List<AppliedObject> applied = sample.deploy(MULTI_PRIMARY);

        assertThat(applied).hasSize(12);
        assertThat(objects(clusters.one))
                .containsExactly(
                        "Namespace sample",
                        "Service sample/helloworld",
                        "Deployment sample/helloworld-v1",
                        "ServiceAccount sample/curl",
                        "Service sample/curl",
                        "Deployment sample/curl");
        assertThat(objects(clusters.two))
                .contains("Service sample/helloworld", "Deployment sample/helloworld-v2")
                .doesNotContain("Deployment sample/helloworld-v1");
    }

    @Test
    void shouldLetOneImageServeAnyVersion() {
        Deployment v2 = helloworld("1.30.3", DEFAULTS);

        assertThat(v2.getSpec().getSelector().getMatchLabels()).isEqualTo(Map.of("app", "helloworld", "version", "v2"));
        assertThat(v2.getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(Map.of("app", "helloworld", "version", "v2"));
        var container = v2.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("registry.istio.io/release/examples-helloworld-v1:1.0");
        assertThat(container.getEnv()).singleElement().satisfies(env -> {
            assertThat(env.getName()).isEqualTo("SERVICE_VERSION");
            assertThat(env.getValue()).isEqualTo("v2");
        });
        assertThat(container.getResources().getRequests().get("cpu")).hasToString("100m");
    }

    @Test
    void shouldTakeTheImageOfTheReleaseOrTheConfiguredOne() {
        var configured = new VerificationProperties("registry.example/hello:2", "registry.example/curl:1", 0.01, "try");

        assertThat(image(helloworld("1.29.6", DEFAULTS))).isEqualTo("docker.io/istio/examples-helloworld-v1:1.0");
        assertThat(image(helloworld("1.30.3", configured))).isEqualTo("registry.example/hello:2");
        assertThat(helloworld("1.30.3", configured).getMetadata().getNamespace())
                .isEqualTo("try");
    }

    @Test
    void shouldLabelItsNamespaceForInjectionAndAsItsOwn() {
        assertThat(new SampleObjects(DEFAULTS)
                        .namespace(MESH.id(), Revision.NONE)
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio-injection", "enabled")
                .containsEntry("app.kubernetes.io/managed-by", "meshspan")
                .containsEntry("meshspan.io/mesh", MESH.id().value());
    }

    @Test
    void shouldLabelItsNamespaceWithTheRevisionInsteadWhereThereIsOne() {
        assertThat(new SampleObjects(DEFAULTS)
                        .namespace(MESH.id(), new Revision("1-30"))
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio.io/rev", "1-30")
                .doesNotContainKey("istio-injection");
    }

    @Test
    void shouldWriteNothingWhereSomebodyElsesNamespaceHasTheName() {
        namespace(clusters.two, Map.of(), null);

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> sample.deploy(MULTI_PRIMARY))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.INVALID))
                .withMessageContaining("cluster2, Namespace sample");
        verify(clusters.one, never()).apply(any());
        verify(clusters.two, never()).apply(any());
    }

    @Test
    void shouldTryAgainWhileItsNamespaceIsStillBeingRemoved() {
        namespace(clusters.one, Map.of("app.kubernetes.io/managed-by", "meshspan"), "2026-01-01T00:00:00Z");

        assertThatExceptionOfType(TransientException.class).isThrownBy(() -> sample.deploy(MULTI_PRIMARY));
    }

    @Test
    void shouldRemoveOnlyItsOwnNamespace() {
        namespace(clusters.one, Map.of("app.kubernetes.io/managed-by", "meshspan"), null);
        namespace(clusters.two, Map.of("app.kubernetes.io/managed-by", "somebody"), null);

        List<AppliedObject> removed = sample.remove(MULTI_PRIMARY);

        assertThat(removed)
                .extracting(AppliedObject::outcome)
                .containsExactly(ApplyOutcome.DELETED, ApplyOutcome.UNCHANGED);
        verify(clusters.two, never()).delete(any());
    }

    @Test
    void shouldNeitherUseNorRemoveTheNamespaceOfAnotherMeshThatIsThere() {
        namespace(clusters.one, Map.of("app.kubernetes.io/managed-by", "meshspan", "meshspan.io/mesh", "shop"), null);
        meshes(clusters.one, "shop", MULTI_PRIMARY.id().value());

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> sample.deploy(MULTI_PRIMARY))
                .withMessageContaining("that of mesh shop");
        assertThat(sample.remove(MULTI_PRIMARY))
                .extracting(AppliedObject::outcome)
                .containsOnly(ApplyOutcome.UNCHANGED);
        verify(clusters.one, never()).delete(any());
    }

    @Test
    void shouldUseTheNamespaceOfAMeshThatIsGone() {
        namespace(clusters.one, Map.of("app.kubernetes.io/managed-by", "meshspan", "meshspan.io/mesh", "shop"), null);
        meshes(clusters.one, MULTI_PRIMARY.id().value());

        assertThat(sample.deploy(MULTI_PRIMARY)).hasSize(12);
    }

    /** An earlier release did not write down whose it is. */
    @Test
    void shouldNotGuessWhoseANamespaceIsInAClusterOfTwoMeshes() {
        namespace(clusters.one, Map.of("app.kubernetes.io/managed-by", "meshspan"), null);
        meshes(clusters.one, "shop", MULTI_PRIMARY.id().value());

        assertThat(sample.remove(MULTI_PRIMARY))
                .extracting(AppliedObject::outcome)
                .containsOnly(ApplyOutcome.UNCHANGED);
        assertThat(sample.hindrance(clusters.one, MULTI_PRIMARY.id()))
                .hasValueSatisfying(finding -> assertThat(finding.toString()).contains("names no mesh", "shop"));
    }

    private static void meshes(Cluster cluster, String... names) {
        when(cluster.found("v1", "ConfigMap", Map.of()))
                .thenReturn(Stream.of(names)
                        .map(name -> new ApplySet(new MeshId(name)).parent())
                        .map(parent -> new FoundObject(
                                ObjectRef.of(parent),
                                parent.getMetadata().getLabels(),
                                Map.of(),
                                List.of("meshspan"),
                                false,
                                false))
                        .toList());
    }

    private static void namespace(Cluster cluster, Map<String, String> labels, @Nullable String deleted) {
        Namespace found = new NamespaceBuilder()
                .withNewMetadata()
                .withName("sample")
                .withLabels(labels)
                .withDeletionTimestamp(deleted)
                .endMetadata()
                .build();
        when(cluster.find(Namespace.class, null, "sample")).thenReturn(Optional.of(found));
    }

    private static List<String> objects(Cluster cluster) {
        ArgumentCaptor<HasMetadata> captor = ArgumentCaptor.forClass(HasMetadata.class);
        verify(cluster, atLeastOnce()).apply(captor.capture());
        return captor.getAllValues().stream()
                .map(object -> ObjectRef.of(object).toString())
                .toList();
    }

    private static Deployment helloworld(String istio, VerificationProperties properties) {
        return new SampleObjects(properties)
                .of("v2", new Mesh(MESH.id(), MESH.topology(), IstioVersion.parse(istio), MESH.members())).stream()
                        .filter(object -> object.getMetadata().getName().equals("helloworld-v2"))
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow();
    }

    private static String image(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }
}
