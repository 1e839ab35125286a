package io.meshspan.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpgradeObjectsTest {

    private static final MeshId ID = new MeshId("mesh1");
    private static final ObjectRef KEPT = new ObjectRef("v1", "ConfigMap", "istio-system", "istio");

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");

    @Test
    void shouldOnlyRemoveInPlaceWhatNewerChartsNoLongerHave() {
        map("istio");
        map("old-dashboard");
        cluster.apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("istio-injection", "enabled")
                .endMetadata()
                .build());

        List<PlannedObject> planned =
                new UpgradeObjects().of(mesh("1.30.3").upgradingInPlace(mesh("1.29.6")), cluster, Set.of(KEPT));

        assertThat(planned).singleElement().satisfies(object -> {
            assertThat(object.step()).isEqualTo(Step.OLD_REVISION);
            assertThat(object.outcome()).isEqualTo(ApplyOutcome.DELETED);
            assertThat(object.object()).hasToString("ConfigMap istio-system/old-dashboard");
        });
    }

    private void map(String name) {
        cluster.apply(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("istio-system")
                .addToLabels(new ApplySet(ID).membership())
                .endMetadata()
                .build());
    }

    private static Mesh mesh(String version) {
        return new Mesh(
                ID,
                Topology.MULTI_PRIMARY,
                IstioVersion.parse(version),
                List.of(Member.primary(new ClusterName("cluster1"), new NetworkName("network1"))));
    }
}
