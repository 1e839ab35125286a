package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.MeshId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApplySetTest {

    private static final IstioVersion VERSION = IstioVersion.parse("1.30.3");

    private final ApplySet set = new ApplySet(new MeshId("mesh1"));

    /** Made with {@code printf meshspan-mesh1.istio-system.ConfigMap. | openssl dgst -sha256 -binary | base64}. */
    @Test
    void shouldHaveTheIdThatKubectlWouldGiveIt() {
        assertThat(set.id()).isEqualTo("applyset-vAzbuBbJVVla9Q54aP5fkJ2Lblid7P31j2cG8SvifmA-v1");
    }

    @Test
    void shouldBeMarkedAsTheParentOfItsMembers() {
        ConfigMap parent = set.parent();

        assertThat(parent.getMetadata().getName()).isEqualTo("meshspan-mesh1");
        assertThat(parent.getMetadata().getNamespace()).isEqualTo("istio-system");
        assertThat(parent.getMetadata().getLabels()).isEqualTo(Map.of("applyset.kubernetes.io/id", set.id()));
        assertThat(parent.getMetadata().getAnnotations())
                .containsEntry("applyset.kubernetes.io/tooling", "meshspan/v1")
                .containsKey("applyset.kubernetes.io/contains-group-kinds");
    }

    @Test
    void shouldTakeAMeshWhoseIdIsNoNameOfAnObject() {
        ApplySet europe = new ApplySet(new MeshId("Mesh_EU"));
        ConfigMap parent = europe.parent();
        FoundObject found = new FoundObject(
                ObjectRef.of(parent),
                parent.getMetadata().getLabels(),
                parent.getMetadata().getAnnotations(),
                List.of(),
                false,
                false);

        assertThat(parent.getMetadata().getName()).matches("meshspan-mesh-eu-[0-9a-f]{8}");
        assertThat(europe.id()).isNotEqualTo(new ApplySet(new MeshId("mesh-eu")).id());
        assertThat(set.otherMesh(found)).contains("Mesh_EU");
        assertThat(europe.otherMesh(found)).isEmpty();
    }

    @Test
    void shouldLabelMembersBesideTheirOwnLabels() {
        HasMetadata member = set.member(new ServiceAccountBuilder()
                .withNewMetadata()
                .addToLabels("app", "istiod")
                .endMetadata()
                .build());

        assertThat(member.getMetadata().getLabels())
                .isEqualTo(Map.of("app", "istiod", "applyset.kubernetes.io/part-of", set.id()));
    }

    @Test
    void shouldRefuseAKindThatARemovalWouldNotFind() {
        HasMetadata unknown = new DaemonSetBuilder()
                .withNewMetadata()
                .withName("istio-cni-node")
                .endMetadata()
                .build();

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> set.members(List.of(unknown)))
                .satisfies(failed -> assertThat(failed.findings().toString())
                        .contains("DaemonSet istio-cni-node", "DaemonSet.apps", "NetworkPolicy.networking.k8s.io"));
    }

    @Test
    void shouldTellMeshesApart() {
        assertThat(new ApplySet(new MeshId("mesh2")).id()).isNotEqualTo(set.id());
    }

    @Test
    void shouldNameEveryKindThatTheChartsRender() {
        Renderer renderer = SandboxCharts.renderer();
        Set<String> rendered = Arrays.stream(Chart.values())
                .flatMap(chart -> renderer.render(part(chart)).stream())
                .map(ApplySetTest::groupKind)
                .collect(Collectors.toSet());

        assertThat(rendered).hasSizeGreaterThan(10);
        assertThat(named()).containsAll(rendered);
    }

    /** kubectl writes them sorted, and so compares them. */
    @Test
    void shouldNameKindsInOrder() {
        assertThat(named()).isSorted().doesNotHaveDuplicates();
    }

    private List<String> named() {
        Map<String, String> annotations = set.parent().getMetadata().getAnnotations();
        return List.of(annotations
                .getOrDefault("applyset.kubernetes.io/contains-group-kinds", "")
                .split(","));
    }

    private static ManifestPart part(Chart chart) {
        return new ManifestPart(
                "any", VERSION, List.of(new Release(chart, "release", new HelmValues(values(chart)))), Map.of());
    }

    private static Map<String, Object> values(Chart chart) {
        return chart == Chart.GATEWAY ? Map.of("name", "istio-eastwestgateway") : Map.of();
    }

    private static String groupKind(HasMetadata object) {
        int slash = object.getApiVersion().indexOf('/');
        return slash < 0
                ? object.getKind()
                : object.getKind() + "." + object.getApiVersion().substring(0, slash);
    }
}
