package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.Node;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TwoPrimaries;
import io.meshspan.trust.MeshTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    private static final String SILENT = "cluster2, API server: no answer from the API server.";

    private final MeshTrust trust = mock(MeshTrust.class);

    @TempDir
    private Path folder;

    @Test
    void shouldTellOnceWhatIsAlikeInSeveralClusters() throws IOException {
        // given
        Preflight preflight = preflight(clusterSnapshot -> List.of(warning(clusterSnapshot)));

        // then
        assertThat(preflight.run(TwoPrimaries.MESH).grouped())
                .extracting(Finding::where)
                .containsExactly("cluster1, cluster2");
    }

    @Test
    void shouldStopAtABlockingFindingAndTellTheRestAfterIt() throws IOException {
        // given
        Preflight preflight =
                preflight(clusterSnapshot -> clusterSnapshot.where().equals("cluster1")
                        ? List.of(warning(clusterSnapshot))
                        : List.of(Finding.blocking(clusterSnapshot.where(), "a thing", "right", "wrong", "Mend it.")));

        // when
        StepFailed failed = catchThrowableOfType(StepFailed.class, () -> preflight.run(TwoPrimaries.MESH));

        // then
        assertThat(failed.code()).isEqualTo(FailureCode.PREFLIGHT_FAILED);
        assertThat(failed.findings()).extracting(Finding::where).containsExactly("cluster2", "cluster1");
    }

    @Test
    void shouldBePassingWhenNothingButSilenceIsInTheWay() throws IOException {
        // given
        Preflight preflight = preflight(PreflightTest::silentSecond);

        // then
        TransientException fault =
                catchThrowableOfType(TransientException.class, () -> preflight.run(TwoPrimaries.MESH));
        assertThat(fault)
                .hasMessageContaining(
                        "cluster2, API server: expected an answer within a few seconds, found no answer from the API server.");
    }

    @Test
    void shouldTellOfSilenceBesideWhatBlocksElsewhere() throws IOException {
        // given
        Preflight preflight = preflight(clusterSnapshot -> {
            silentSecond(clusterSnapshot);
            return List.of(Finding.blocking(clusterSnapshot.where(), "a thing", "right", "wrong", "Mend it."));
        });

        // when
        StepFailed failed = catchThrowableOfType(StepFailed.class, () -> preflight.run(TwoPrimaries.MESH));

        // then
        assertThat(failed.findings()).extracting(Finding::where).containsExactly("cluster1", "cluster2");
    }

    @Test
    void shouldSayWhatItMayNotLookAt() throws IOException {
        // given
        ClusterInMemory one = new ClusterInMemory("cluster1").hides(Node.class);
        ClusterInMemory two = new ClusterInMemory("cluster2");
        Preflight preflight = preflight(List.of(one, two), clusterSnapshot -> {
            clusterSnapshot.anywhere(Node.class);
            return List.of();
        });

        // then
        assertThat(preflight.run(TwoPrimaries.MESH).list()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.expected()).isEqualTo("the rights to list nodes");
        });
    }

    @Test
    void shouldTellOfTrustElsewhereThoughOneClusterDoesNotLetItLook() throws IOException {
        // given
        Preflight preflight = preflight(clusterSnapshot -> List.of());
        Finding refused = Finding.blocking("cluster1", "Secret cacerts", "permission", "none", "Grant it.");
        Finding odd = Finding.blocking("cluster2", "Secret cacerts", "a chain", "none", "Mend it.");
        given(trust.check(any()))
                .willThrow(new StepFailed(FailureCode.DENIED, refused))
                .willReturn(List.of(odd));

        // when
        StepFailed failed = catchThrowableOfType(StepFailed.class, () -> preflight.run(TwoPrimaries.MESH));

        // then
        assertThat(failed.findings()).containsExactly(refused, odd);
    }

    private static List<Finding> silentSecond(ClusterSnapshot clusterSnapshot) {
        if (clusterSnapshot.where().equals("cluster2")) {
            throw new TransientException(SILENT);
        }
        return List.of();
    }

    private static Finding warning(ClusterSnapshot clusterSnapshot) {
        return Finding.warning(clusterSnapshot.where(), "a thing", "right", "odd", "Look at it.");
    }

    private Preflight preflight(Function<ClusterSnapshot, List<Finding>> finding) throws IOException {
        return preflight(List.of(new ClusterInMemory("cluster1"), new ClusterInMemory("cluster2")), finding);
    }

    private Preflight preflight(List<ClusterInMemory> clusters, Function<ClusterSnapshot, List<Finding>> finding)
            throws IOException {
        given(trust.check(any())).willReturn(List.of());
        ClustersInMemory all = new ClustersInMemory(clusters);
        MeshChecks meshChecks = new MeshChecks(
                mock(io.meshspan.manifest.Renderer.class),
                mock(io.meshspan.manifest.ValuesCheck.class),
                mock(io.meshspan.gateway.GatewayReach.class),
                mock(io.meshspan.gateway.Discovery.class),
                trust,
                mock(io.meshspan.remotesecret.RemoteSecrets.class),
                new TokenRenewalProperties("0 */10 * * * *", ZoneOffset.UTC, 33, true));
        return new Preflight(all, logins(clusters), List.of(check(finding)), List.of(), meshChecks);
    }

    private static Check check(Function<ClusterSnapshot, List<Finding>> finding) {
        return new Check() {
            @Override
            public String name() {
                return "played";
            }

            @Override
            public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
                return finding.apply(cluster);
            }
        };
    }

    private Logins logins(List<ClusterInMemory> clusters) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("config"), """
                contexts: [{name: all, context: {cluster: all, user: all}}]
                clusters: [{name: all, cluster: {server: 'https://192.0.2.1:6443'}}]
                users: [{name: all, user: {token: secret}}]
                """);
        return new Logins(() -> clusters.stream()
                .map(cluster -> new KnownCluster(
                        cluster.name(), new NetworkName("network1"), "all", kubeconfig, Optional.empty()))
                .toList());
    }
}
