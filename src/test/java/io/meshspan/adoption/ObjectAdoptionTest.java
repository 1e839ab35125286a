package io.meshspan.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an adoption does with an object, from what an installation would do. */
class ObjectAdoptionTest {

    private static final MeshId MESH = new MeshId("mesh1");
    private static final String LABEL = "metadata.labels.applyset.kubernetes.io/part-of";
    private static final ObjectRef ISTIOD = new ObjectRef("apps/v1", "Deployment", "istio-system", "istiod");

    @Test
    void shouldApplyWhatIsEqualButForMarks() {
        DryRunResult installation = patched(
                ISTIOD,
                change(LABEL),
                new FieldChange("metadata.labels.helm.sh/chart", "istiod-1.30.3", "istiod-1.30.4"));

        assertThat(adopted(installation)).isEqualTo(installation);
    }

    @ParameterizedTest
    @CsvSource({
        "spec.template.spec.containers[discovery].image",
        "spec.template.metadata.labels.app.kubernetes.io/name",
        "spec.replicas",
        "metadata.labels.istio.io/rev",
        "metadata.labels.topology.istio.io/network",
        "data.mesh",
    })
    void shouldMarkAndLeaveWhateverElseDiffers(String path) {
        DryRunResult adopted = adopted(patched(ISTIOD, change(LABEL), change(path)));

        assertThat(adopted.outcome()).isEqualTo(ApplyOutcome.PATCHED);
        assertThat(adopted.changes()).extracting(FieldChange::path).containsExactly(LABEL);
        assertThat(adopted.left()).extracting(FieldChange::path).containsExactly(path);
    }

    /** istioctl create-remote-secret writes by the name of its file. */
    @ParameterizedTest
    @ValueSource(
            strings = {"helm", "istio-operator", "istioctl", "istioctl-1.30.3", "kubectl", "kubectl-client-side-apply"})
    void shouldEndWhatAToolOwnsOfAnObjectThatIsAsWanted(String tool) {
        // given
        DryRunResult unchanged =
                new DryRunResult(new ClusterName("cluster1"), ISTIOD, ApplyOutcome.UNCHANGED, List.of(), true);
        GenericKubernetesResource live = new GenericKubernetesResource();
        live.setMetadata(new ObjectMetaBuilder()
                .withManagedFields(owner("meshspan"), owner(tool), owner("kubectl-rollout"))
                .build());

        // then
        assertThat(ObjectAdoption.of(MESH, unchanged, () -> Optional.of(live)))
                .extracting(DryRunResult::outcome, DryRunResult::changes)
                .containsExactly(
                        ApplyOutcome.PATCHED, List.of(new FieldChange("metadata.managedFields", tool, "nothing")));
        live.getMetadata().setManagedFields(List.of(owner("meshspan")));
        assertThat(ObjectAdoption.of(MESH, unchanged, () -> Optional.of(live))).isEqualTo(unchanged);
    }

    private static ManagedFieldsEntry owner(String manager) {
        return new ManagedFieldsEntryBuilder().withManager(manager).build();
    }

    private static DryRunResult adopted(DryRunResult installation) {
        return ObjectAdoption.of(MESH, installation, Optional::empty);
    }

    @Test
    void shouldReadTheLabelsOfAnObjectWithoutAny() {
        DryRunResult marksOnly = patched(
                ISTIOD,
                new FieldChange(
                        "metadata.labels",
                        "nothing",
                        "{\"applyset.kubernetes.io/part-of\":\"applyset-x-v1\",\"release\":\"a\"}"));
        DryRunResult more = patched(
                ISTIOD,
                new FieldChange(
                        "metadata.labels",
                        "nothing",
                        "{\"applyset.kubernetes.io/part-of\":\"x\",\"istio.io/rev\":\"a\"}"));

        assertThat(adopted(marksOnly)).isEqualTo(marksOnly);
        assertThat(adopted(more).changes()).extracting(FieldChange::path).containsExactly(LABEL);
        assertThat(adopted(more).left()).hasSize(1);
    }

    @Test
    void shouldCreateTheParentAndNothingElse() {
        DryRunResult parent = created(new ObjectRef("v1", "ConfigMap", "istio-system", "meshspan-mesh1"));
        DryRunResult other = adopted(created(ISTIOD));

        assertThat(adopted(parent)).isEqualTo(parent);
        assertThat(other.outcome()).isEqualTo(ApplyOutcome.UNCHANGED);
        assertThat(other.left()).hasSize(1);
    }

    /** Others share them, and an installation does not label them. */
    @ParameterizedTest
    @CsvSource({"Namespace, istio-system", "Secret, cacerts"})
    void shouldNotTouchWhatIsShared(String kind, String name) {
        ObjectRef shared = new ObjectRef("v1", kind, kind.equals("Secret") ? "istio-system" : null, name);
        DryRunResult adopted = adopted(patched(shared, change("metadata.labels.topology.istio.io/network")));

        assertThat(adopted.outcome()).isEqualTo(ApplyOutcome.UNCHANGED);
        assertThat(adopted.left()).hasSize(1);
    }

    private static DryRunResult patched(ObjectRef object, FieldChange... changes) {
        return new DryRunResult(new ClusterName("cluster1"), object, ApplyOutcome.PATCHED, List.of(changes), true);
    }

    private static DryRunResult created(ObjectRef object) {
        return new DryRunResult(new ClusterName("cluster1"), object, ApplyOutcome.CREATED, List.of(), true);
    }

    private static FieldChange change(String path) {
        return new FieldChange(path, "nothing", "something");
    }
}
