package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.MeshId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {

    @Test
    void shouldWarnOfWhatHelmAndIstioctlHaveInstalled() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        annotated("istiod", "meta.helm.sh/release-name", "istiod"),
                        labelled("istio-eastwestgateway", "operator.istio.io/version", "1.30.3"),
                        annotated("somebodys", "meta.helm.sh/release-name", "somebodys"));

        // then
        assertThat(CheckFindings.of(new Ownership(CheckFindings.rendered()), cluster))
                .allMatch(finding -> finding.severity() == Severity.WARNING)
                .extracting(finding -> finding.what() + ": " + finding.found())
                .containsExactly(
                        "Service istio-system/istiod: marks of Helm release istiod",
                        "Service istio-system/istio-eastwestgateway: marks of istioctl");
    }

    @Test
    void shouldNotFightAnOperatorOrAnotherApplySet() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        ownedBySail("istiod"),
                        new ApplySet(new MeshId("mesh9"))
                                .member(CheckFindings.service("istio-system", "istio-eastwestgateway")));

        // then
        assertThat(CheckFindings.of(new Ownership(CheckFindings.rendered()), cluster))
                .hasSize(2)
                .allMatch(finding -> finding.severity() == Severity.BLOCKING);
    }

    /** The label stays when the operator's resource was deleted as an orphan; istioctl has the name of an operator of old. */
    @Test
    void shouldTakeOverWhatAnOperatorLetGo() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        labelled("istiod", "managed-by", "sail-operator"),
                        new ServiceBuilder(CheckFindings.service("istio-system", "istio-eastwestgateway"))
                                .editMetadata()
                                .addNewManagedField()
                                .withManager("istio-operator")
                                .endManagedField()
                                .endMetadata()
                                .build());

        assertThat(CheckFindings.of(new Ownership(CheckFindings.rendered()), cluster))
                .allMatch(finding -> finding.severity() == Severity.WARNING)
                .extracting(finding -> finding.what() + ": " + finding.found())
                .containsExactly(
                        "Service istio-system/istiod: marks of the Sail operator, which no longer owns it",
                        "Service istio-system/istio-eastwestgateway: marks of istioctl");
    }

    private static Service ownedBySail(String name) {
        return new ServiceBuilder(labelled(name, "managed-by", "sail-operator"))
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("sailoperator.io/v1")
                .withKind("IstioRevision")
                .withName("default")
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    @Test
    void shouldKnowItsOwnAlthoughTheChartsNameHelm() {
        // given
        Service ours =
                new ApplySet(new MeshId("mesh1")).member(labelled("istiod", "app.kubernetes.io/managed-by", "Helm"));

        // then
        assertThat(CheckFindings.of(
                        new Ownership(CheckFindings.rendered()), new ClusterInMemory("cluster1").with(ours)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "label,      argocd.argoproj.io/instance,        Argo CD",
        "annotation, argocd.argoproj.io/tracking-id,     Argo CD",
        "label,      kustomize.toolkit.fluxcd.io/name,   Flux (Kustomization)",
        "label,      helm.toolkit.fluxcd.io/name,        Flux (HelmRelease)",
        "label,      maistra.io/owner,                   OpenShift Service Mesh (Maistra)",
        "manager,    argocd-controller,                  Argo CD",
        "manager,    helm-controller,                    Flux (HelmRelease)",
    })
    void shouldNotFightWhoeverPutsItsContentBack(String mark, String key, String tool) {
        Service service = CheckFindings.service("istio-system", "istiod");
        service = switch (mark) {
            case "label" -> labelled("istiod", key, "mesh");
            case "annotation" -> annotated("istiod", key, "mesh:apps/Deployment:istio-system/istiod");
            default ->
                new ServiceBuilder(service)
                        .editMetadata()
                        .addNewManagedField()
                        .withManager(key)
                        .endManagedField()
                        .endMetadata()
                        .build();
        };

        assertThat(CheckFindings.of(
                        new Ownership(CheckFindings.rendered()), new ClusterInMemory("cluster1").with(service)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                    assertThat(finding.found()).isEqualTo("marks of " + tool);
                });
    }

    /** Whatever this change writes, wherever it is: a gateway's autoscaler in its own namespace, a CRD. */
    @ParameterizedTest
    @CsvSource({
        "autoscaling/v2, HorizontalPodAutoscaler, istio-gateways, istio-eastwestgateway, BLOCKING",
        "apiextensions.k8s.io/v1, CustomResourceDefinition, , gateways.networking.istio.io, BLOCKING",
        "networking.istio.io/v1, Gateway, istio-system, cross-network-gateway, BLOCKING",
        "v1, Namespace, , istio-system, ''",
    })
    void shouldLookAtEverythingThatTheChangeWrites(
            String version, String kind, @Nullable String namespace, String name, String severity) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder()
                .withApiVersion(version)
                .withKind(kind)
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToAnnotations("argocd.argoproj.io/tracking-id", "mesh:%s/%s".formatted(kind, name))
                .endMetadata()
                .build();

        assertThat(CheckFindings.of(
                        new Ownership(CheckFindings.rendered(object)), new ClusterInMemory("cluster1").with(object)))
                .extracting(finding -> finding.severity().name())
                .containsExactlyElementsOf(severity.isEmpty() ? List.of() : List.of(severity));
    }

    @Test
    void shouldNameSomeOfManyObjects() {
        HasMetadata[] accounts = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> annotated("crd" + number, "meta.helm.sh/release-name", "istio-base"))
                .toArray(HasMetadata[]::new);

        assertThat(CheckFindings.of(
                        new Ownership(CheckFindings.rendered(accounts)),
                        new ClusterInMemory("cluster1").with(accounts)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .startsWith("Service istio-system/crd1, ")
                        .endsWith("Service istio-system/crd6 and 3 more"));
    }

    @ParameterizedTest
    @CsvSource({
        "sailoperator.io/v1,         Istio,                   '',           default,               BLOCKING",
        "sailoperator.io/v1,         IstioRevision,           '',           default,               BLOCKING",
        "maistra.io/v2,              ServiceMeshControlPlane, istio-system, basic,                 BLOCKING",
        "maistra.io/v2,              ServiceMeshControlPlane, shop-mesh,    basic,                 WARNING",
        "install.istio.io/v1alpha1,  IstioOperator,           istio-system, example,               BLOCKING",
        "install.istio.io/v1alpha1,  IstioOperator,           istio-system, installed-state-mesh,  ''",
    })
    void shouldFindAnOperatorsResource(String version, String kind, String namespace, String name, String severity) {
        GenericKubernetesResource resource = new GenericKubernetesResourceBuilder()
                .withApiVersion(version)
                .withKind(kind)
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.isEmpty() ? null : namespace)
                .endMetadata()
                .build();

        assertThat(CheckFindings.of(
                        new Ownership(CheckFindings.rendered()), new ClusterInMemory("cluster1").with(resource)))
                .extracting(finding -> finding.severity().name())
                .containsExactlyElementsOf(severity.isEmpty() ? List.of() : List.of(severity));
    }

    private static Service labelled(String name, String label, String value) {
        return new ServiceBuilder(CheckFindings.service("istio-system", name))
                .editMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .build();
    }

    private static Service annotated(String name, String annotation, String value) {
        return new ServiceBuilder(CheckFindings.service("istio-system", name))
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
    }
}
