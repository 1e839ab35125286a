package io.meshspan.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rotation may not do, told before the approval. */
class RotationRightsTest {

    private static final ClusterName NAME = new ClusterName("cluster1");
    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(Member.primary(NAME, new NetworkName("network1"))));

    @ParameterizedTest
    @CsvSource({
        "REMOTE_TOKENS, create, secrets, kube-system, true",
        "INTERMEDIATES, update, secrets, kube-system, true",
        "INTERMEDIATES, patch, secrets, istio-system, true",
        "ROOT, watch, deployments, istio-system, true",
        "ROOT, patch, daemonsets, '', true",
        "REMOTE_TOKENS, create, tokenreviews, '', true",
        "INTERMEDIATES, create, tokenreviews, '', false",
        "REMOTE_TOKENS, patch, daemonsets, '', false",
    })
    void shouldAskForWhatItDoes(
            RotatedCredential credential, String verb, String resource, String namespace, boolean told) {
        // given
        StateBefore before = mock(StateBefore.class);
        given(before.namespace()).willReturn("kube-system");
        ClusterInMemory cluster = new ClusterInMemory(NAME.value())
                .forbids(access -> access.verb().equals(verb)
                        && access.resource().equals(resource)
                        && access.namespace().equals(namespace));

        // when
        List<Finding> missing = new RotationRights(ClustersInMemory.of(cluster), before)
                .missing(MESH, new Rotate(credential, List.of(NAME)));

        // then
        assertThat(missing)
                .hasSize(told ? 1 : 0)
                .allSatisfy(finding -> assertThat(finding.expected()).contains(verb + " " + resource));
    }
}
