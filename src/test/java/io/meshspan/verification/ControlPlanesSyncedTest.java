package io.meshspan.verification;

import static io.meshspan.verification.StubClusters.MULTI_PRIMARY;
import static io.meshspan.verification.StubClusters.ONE;
import static io.meshspan.verification.StubClusters.PRIMARY_REMOTE;
import static io.meshspan.verification.StubClusters.TWO;
import static io.meshspan.verification.StubClusters.denied;
import static io.meshspan.verification.StubClusters.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ControlPlanesSyncedTest {

    private final StubClusters clusters = new StubClusters();
    private final ControlPlanesSynced question = new ControlPlanesSynced(clusters);

    @Test
    void shouldBeSyncedWhenEachPrimarySeesTheOther() {
        istiod(clusters.one, "istiod-a", answer("cluster1", "cluster2", "synced"));
        istiod(clusters.two, "istiod-b", answer("cluster2", "cluster1", "synced"));

        assertThat(question.read(MULTI_PRIMARY).synced()).isTrue();
    }

    @Test
    void shouldSayWhichStatusStandsInTheWay() {
        istiod(clusters.one, "istiod-a", answer("cluster1", "cluster2", "timeout"));
        istiod(clusters.two, "istiod-b", answer("cluster2", "cluster1", "synced"));

        ControlPlaneReport report = question.read(MULTI_PRIMARY);

        assertThat(report.synced()).isFalse();
        assertThat(report.status(ONE, TWO)).isEqualTo("timeout");
        assertThat(report.status(TWO, ONE)).isEqualTo("synced");
    }

    @Test
    void shouldSayMissingWhereThereIsNoRemoteSecret() {
        istiod(clusters.one, "istiod-a", "[{\"id\":\"cluster1\",\"secretName\":\"\",\"syncStatus\":\"synced\"}]");
        istiod(clusters.two, "istiod-b", "null");

        ControlPlaneReport report = question.read(MULTI_PRIMARY);

        assertThat(report.status(ONE, TWO)).isEqualTo("missing");
        assertThat(report.status(TWO, ONE)).isEqualTo("missing");
    }

    @Test
    void shouldNotTakeTheConfigClusterForARemoteOne() {
        istiod(clusters.one, "istiod-a", "[{\"id\":\"cluster2\",\"secretName\":\"\",\"syncStatus\":\"synced\"}]");

        assertThat(question.read(PRIMARY_REMOTE).status(ONE, TWO)).isEqualTo("missing");
    }

    @Test
    void shouldAskEveryReadyReplica() {
        Pod starting = pod("istiod-c", false, "discovery");
        Pod leaving = pod("istiod-d", true, "discovery");
        leaving.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        when(clusters.one.list(Pod.class, "istio-system", Map.of("app", "istiod", "istio.io/rev", "default")))
                .thenReturn(List.of(
                        pod("istiod-a", true, "discovery"), pod("istiod-b", true, "discovery"), starting, leaving));
        answers(clusters.one, "istiod-a", answer("cluster1", "cluster2", "synced"));
        answers(clusters.one, "istiod-b", answer("cluster1", "cluster2", "syncing"));

        ControlPlaneReport report = question.read(PRIMARY_REMOTE);

        assertThat(report.readers()).containsOnlyKeys(ONE);
        assertThat(view(report, ONE).replicas()).containsOnlyKeys("istiod-a", "istiod-b");
        assertThat(report.status(ONE, TWO)).isEqualTo("syncing");
        assertThat(report.synced()).isFalse();
    }

    @Test
    void shouldNotBeSyncedWithoutAReadyIstiod() {
        assertThat(question.read(PRIMARY_REMOTE).synced()).isFalse();
    }

    @Test
    void shouldSayWhenPortForwardIsDenied() {
        istiod(clusters.one, "istiod-a", answer("cluster1", "cluster2", "synced"));
        when(clusters.two.list(Pod.class, "istio-system", Map.of("app", "istiod", "istio.io/rev", "default")))
                .thenReturn(List.of(pod("istiod-b", true, "discovery")));
        when(clusters.two.get("istio-system", "istiod-b", 8080, "/debug/clusterz"))
                .thenThrow(denied("pods/portforward in istio-system"));

        ControlPlaneReport report = question.read(MULTI_PRIMARY);

        assertThat(report.synced()).isFalse();
        assertThat(view(report, TWO).notMeasured()).contains("pods/portforward");
    }

    @Test
    void shouldTryAgainWhenTheAnswerIsNotIstiods() {
        istiod(clusters.one, "istiod-a", "404 page not found");

        assertThatExceptionOfType(TransientException.class).isThrownBy(() -> question.read(PRIMARY_REMOTE));
    }

    /** Who may not be asked says nothing; who still lists the cluster has not forgotten it. */
    @Test
    void shouldTellWhetherAControlPlaneThatStaysStillListsWhatLeaves() {
        istiod(clusters.one, "istiod-a", answer("cluster1", "cluster2", "synced"));
        assertThat(question.forgot(MULTI_PRIMARY, List.of(TWO))).isFalse();

        istiod(clusters.one, "istiod-a", answer("cluster1", "cluster3", "synced"));
        assertThat(question.forgot(MULTI_PRIMARY, List.of(TWO))).isTrue();

        when(clusters.one.get("istio-system", "istiod-a", 8080, "/debug/clusterz"))
                .thenThrow(denied("pods/portforward in istio-system"));
        assertThat(question.forgot(MULTI_PRIMARY, List.of(TWO))).isTrue();
    }

    private static ControlPlaneView view(ControlPlaneReport report, ClusterName reader) {
        return Objects.requireNonNull(report.readers().get(reader));
    }

    private static void istiod(Cluster cluster, String pod, String answer) {
        when(cluster.list(Pod.class, "istio-system", Map.of("app", "istiod", "istio.io/rev", "default")))
                .thenReturn(List.of(pod(pod, true, "discovery")));
        answers(cluster, pod, answer);
    }

    private static void answers(Cluster cluster, String pod, String answer) {
        when(cluster.get("istio-system", pod, 8080, "/debug/clusterz")).thenReturn(answer);
    }

    /** As istiod 1.30.3 writes it, and a field that a later one may add. */
    private static String answer(String own, String remote, String status) {
        return """
                [
                  {"id": "%s", "secretName": "", "syncStatus": "synced"},
                  {"id": "%s", "secretName": "istio-system/istio-remote-secret-%s", "syncStatus": "%s", "later": [1]}
                ]
                """.formatted(own, remote, remote, status);
    }
}
