package io.meshspan.verification;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.verification.StubClusters.DEFAULTS;
import static io.meshspan.verification.StubClusters.MULTI_PRIMARY;
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
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.TwoPrimaries;
import io.meshspan.meshfile.ValuesText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class SampleDeploymentTest {

    private final StubClusters clusters = new StubClusters();
    private final SampleDeployment sample =
            new SampleDeployment(clusters, new SampleObjects(DEFAULTS, SandboxCharts.images(null, null)));

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
        assertThat(new SampleObjects(DEFAULTS, SandboxCharts.images(null, null))
                        .namespace(MESH.id(), Revision.NONE, HelmValues.NONE)
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio-injection", "enabled")
                .containsEntry("app.kubernetes.io/managed-by", "meshspan")
                .containsEntry("meshspan.io/mesh", MESH.id().value());
    }

    @Test
    void shouldLabelItsNamespaceWithTheRevisionInsteadWhereThereIsOne() {
        assertThat(new SampleObjects(DEFAULTS, SandboxCharts.images(null, null))
                        .namespace(MESH.id(), new Revision("1-30"), HelmValues.NONE)
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio.io/rev", "1-30")
                .doesNotContainKey("istio-injection");
    }

    /** It runs where istiod does: from its registry, on its nodes, under its policies. */
    @Test
    void shouldRunInTheSamePlacesAsIstiod() {
        Deployment curl = deployment("""
                istiod:
                  tolerations: [{key: dedicated, operator: Exists}]
                  nodeSelector: {pool: mesh}
                  seccompProfile: {type: RuntimeDefault}
                  global: {imagePullSecrets: [regcred]}
                """);
        PodSpec pod = curl.getSpec().getTemplate().getSpec();

        assertThat(pod.getTolerations().get(0).getKey()).isEqualTo("dedicated");
        assertThat(pod.getNodeSelector()).containsExactly(Map.entry("pool", "mesh"));
        assertThat(pod.getImagePullSecrets().get(0).getName()).isEqualTo("regcred");
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getContainers().get(0).getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(pod.getContainers()
                        .get(0)
                        .getSecurityContext()
                        .getCapabilities()
                        .getDrop())
                .containsExactly("ALL");
    }

    @Test
    void shouldRunAsSomebodySaidForTheSample() {
        PodSpec pod = deployment("""
                        istiod: {tolerations: [{key: dedicated}], global: {platform: openshift}}
                        namespaces: {sample: {labels: {pod-security.kubernetes.io/enforce: restricted}}}
                        sample: {tolerations: [], priorityClassName: low, podLabels: {team: mesh, app: other}}
                        """).getSpec().getTemplate().getSpec();

        assertThat(pod.getTolerations()).isEmpty();
        assertThat(pod.getPriorityClassName()).isEqualTo("low");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
    }

    @Test
    void shouldLeaveTheSampleAsTheGuideHasItWhereNothingIsSaid() {
        PodSpec pod = deployment("{istiod: {}}").getSpec().getTemplate().getSpec();

        assertThat(pod.getSecurityContext()).isNull();
        assertThat(pod.getImagePullSecrets()).isEmpty();
        assertThat(pod.getTolerations()).isEmpty();
    }

    /** The plan and its record hold its name alone; the login is copied in the cluster. */
    @Test
    void shouldCopyThePullSecretOfIstioSystemWhenItIsApplied() {
        Mesh mesh = MULTI_PRIMARY.with(values("istiod: {global: {imagePullSecrets: [regcred]}}"), "");
        Secret login = new SecretBuilder()
                .withNewMetadata()
                .withName("regcred")
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .addToData(".dockerconfigjson", "c2VjcmV0")
                .build();
        when(clusters.one.find(Secret.class, "istio-system", "regcred")).thenReturn(Optional.of(login));

        assertThat(sample.in(mesh, TwoPrimaries.ONE).toString())
                .contains("regcred")
                .doesNotContain("c2VjcmV0");
        sample.deploy(mesh);

        ArgumentCaptor<HasMetadata> captor = ArgumentCaptor.forClass(HasMetadata.class);
        verify(clusters.one, atLeastOnce()).apply(captor.capture());
        assertThat(captor.getAllValues())
                .filteredOn(Secret.class::isInstance)
                .singleElement()
                .satisfies(copy -> {
                    assertThat(((Secret) copy).getData()).isEqualTo(login.getData());
                    assertThat(copy.getMetadata().getNamespace()).isEqualTo("sample");
                });
        assertThat(objects(clusters.two)).doesNotContain("Secret sample/regcred");
    }

    private static HelmValues values(String yaml) {
        return ValuesText.read("test", yaml, null).values().values();
    }

    private static Deployment deployment(String values) {
        return new SampleObjects(DEFAULTS, SandboxCharts.company(values(values)))
                .of("v1", MESH, MESH.members().get(0)).stream()
                        .filter(object -> object.getMetadata().getName().equals("curl"))
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow();
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
        return new SampleObjects(properties, SandboxCharts.images(null, null))
                        .of(
                                "v2",
                                new Mesh(MESH.id(), MESH.topology(), IstioVersion.parse(istio), MESH.members()),
                                MESH.members().get(0))
                        .stream()
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
