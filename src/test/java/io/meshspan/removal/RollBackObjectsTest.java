package io.meshspan.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.rollback.StateBefore;
import io.meshspan.trust.MeshTrust;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollBackObjectsTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                    Member.primary(new ClusterName("cluster2"), new NetworkName("network1"))));

    private final ApprovedPlans approved = mock(ApprovedPlans.class);
    private final StateBefore before = mock(StateBefore.class);

    /** No plan has it, since it is there only while a certificate is waited for. */
    @Test
    void shouldTakeTheKeyOfARequestThatIsStillOpen() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1").with(key("mesh1"));

        assertThat(meant(cluster, ApplyOutcome.CREATED)).contains(MeshTrust.REQUEST_KEY);
    }

    @Test
    void shouldLeaveTheKeyOfAnotherMeshAndOfAChangeThatMadeNoTrust() {
        assertThat(meant(new ClusterInMemory("cluster1").with(key("mesh2")), ApplyOutcome.CREATED))
                .doesNotContain(MeshTrust.REQUEST_KEY);
        assertThat(meant(new ClusterInMemory("cluster1").with(key("mesh1")), ApplyOutcome.UNCHANGED))
                .doesNotContain(MeshTrust.REQUEST_KEY);
    }

    private List<ObjectRef> meant(ClusterInMemory cluster, ApplyOutcome cacerts) {
        when(approved.outcomes("change", cluster.name())).thenReturn(Map.of(MeshTrust.CACERTS, cacerts));
        when(before.kept(any(), any())).thenReturn(Set.of());
        return new RollBackObjects(approved, before).meant("change", MESH, cluster);
    }

    private static Secret key(String mesh) {
        return new ApplySet(new MeshId(mesh))
                .member(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("istio-system")
                        .withName("meshspan-cacerts-key")
                        .endMetadata()
                        .build());
    }
}
