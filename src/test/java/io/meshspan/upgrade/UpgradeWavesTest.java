package io.meshspan.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradeWavesTest {

    private static final String CHANGE = "c1";
    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final ClusterName SECOND = new ClusterName("cluster2");

    private final ClusterInMemory one = new ClusterInMemory(FIRST.value());
    private final ClusterInMemory two = new ClusterInMemory(SECOND.value());
    private final ApprovedPlans approved = mock(ApprovedPlans.class);
    private final UpgradeWaves waves = new UpgradeWaves(
            ClustersInMemory.of(one, two), approved, mock(StateBefore.class), mock(RevisionInstaller.class));

    @BeforeEach
    void approveTheMoveOfShopInTheFirstCluster() {
        given(approved.mesh(CHANGE)).willReturn(mesh("1.30.3", "1-30-3").upgrading(mesh("1.29.6", "1-29-6")));
        given(approved.objects(any(), any(), any())).willReturn(List.of());
        given(approved.objects(CHANGE, FIRST, Step.NAMESPACE_REVISION))
                .willReturn(List.of(new PlannedObject(
                        Step.NAMESPACE_REVISION,
                        NamespaceMove.ref("shop"),
                        ApplyOutcome.PATCHED,
                        List.of(),
                        "",
                        false,
                        true,
                        "",
                        null)));
    }

    @Test
    void shouldOfferToMoveBackOnlyWhatItsPlanMovesInThatCluster() {
        namespace(one, "shop", "1-30-3");
        namespace(two, "shop", "1-30-3");
        namespace(two, "stock", "1-29-6");

        UpgradeWaves.Progress progress = waves.progress(CHANGE);

        assertThat(progress.moved()).isEqualTo("cluster1/shop");
        assertThat(progress.left()).isEqualTo("cluster2/stock");
    }

    private static void namespace(ClusterInMemory cluster, String name, String revision) {
        cluster.apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("istio.io/rev", revision)
                .endMetadata()
                .build());
    }

    private static Mesh mesh(String version, String revision) {
        NetworkName network = new NetworkName("network1");
        return new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse(version),
                ImageSource.CONFIGURED,
                new Revision(revision),
                ProfileExtras.NONE,
                List.of(Member.primary(FIRST, network), Member.primary(SECOND, network)));
    }
}
