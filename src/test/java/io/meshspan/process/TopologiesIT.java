package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.sandbox.Write;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every topology of the guide, with as many write calls as it takes and none the second time. The numbers are what
 * the guide's steps need, and one a cluster more: the ConfigMap that marks Meshspan's objects.
 */
class TopologiesIT {

    /** What each cluster has: namespace, marking ConfigMap, base 17, istiod 17 or on a remote 14. */
    private static final int PRIMARY = 1 + 1 + 17 + 17;

    private static final String NOTHING = "Nothing stands in the way";

    private static final int REMOTE = 1 + 1 + 17 + 14;
    private static final int CACERTS = 1;
    private static final int TOKEN = 1;
    private static final int SECRET = 1;
    private static final int GATEWAY = 6;
    private static final int EXPOSE_SERVICES = 1;
    private static final int EXPOSE_ISTIOD = 2;

    @ParameterizedTest
    @CsvSource("2, 78")
    void shouldMakeAMultiPrimaryMesh(int n, int writes) {
        assertThat(n * (PRIMARY + CACERTS + TOKEN + (n - 1) * SECRET)).isEqualTo(writes);
        shouldVerifyTwice("multi-primary", TestApplication.takeOnOneNetwork(n), writes);
    }

    @ParameterizedTest
    @CsvSource({"2, 92", "3, 141"})
    void shouldMakeAMultiPrimaryMeshOnSeveralNetworks(int n, int writes) {
        assertThat(n * (PRIMARY + CACERTS + TOKEN + GATEWAY + EXPOSE_SERVICES + (n - 1) * SECRET))
                .isEqualTo(writes);
        shouldVerifyTwice("multi-primary-multi-network", TestApplication.take(n), writes);
    }

    @ParameterizedTest
    @CsvSource("2, 80")
    void shouldMakeAPrimaryRemoteMesh(int n, int writes) {
        assertThat(PRIMARY + CACERTS + GATEWAY + EXPOSE_ISTIOD + (n - 1) * (REMOTE + TOKEN + SECRET))
                .isEqualTo(writes);
        shouldVerifyTwice("primary-remote", TestApplication.takeOnOneNetwork(n), writes);
    }

    @ParameterizedTest
    @CsvSource({"2, 87", "3, 128"})
    void shouldMakeAPrimaryRemoteMeshOnSeveralNetworks(int n, int writes) {
        assertThat(PRIMARY
                        + CACERTS
                        + GATEWAY
                        + EXPOSE_ISTIOD
                        + EXPOSE_SERVICES
                        + (n - 1) * (REMOTE + TOKEN + SECRET + GATEWAY))
                .isEqualTo(writes);
        shouldVerifyTwice("primary-remote-multi-network", TestApplication.take(n), writes);
    }

    @Tag("slow")
    @Test
    void shouldMakeMeshesOfThreeAndFive() {
        shouldMakeAMultiPrimaryMesh(3, 120);
        shouldMakeAPrimaryRemoteMesh(3, 115);
        shouldMakeAMultiPrimaryMesh(5, 210);
        shouldMakeAMultiPrimaryMeshOnSeveralNetworks(5, 245);
        shouldMakeAPrimaryRemoteMesh(5, 185);
        shouldMakeAPrimaryRemoteMeshOnSeveralNetworks(5, 210);
    }

    @Test
    void shouldMakeAPrimaryRemoteMeshOfWhichTwoClustersShareANetwork() {
        ProcessFleet alone = TestApplication.take(1);
        ProcessFleet together = TestApplication.takeOnOneNetwork(2);
        List<String> clusters = List.of(alone.first(), together.first(), together.second());
        shouldVerifyTwice("primary-remote-multi-network", new ProcessFleet(clusters, alone.mesh()), 128);
    }

    private static void shouldVerifyTwice(String topology, ProcessFleet processFleet, int writes) {
        // when
        PlayedChange playedChange = processFleet.request(topology);
        assertThat(endOf(playedChange)).isEqualTo("EndEvent_MeshVerified");
        assertThat(playedChange.findings()).as("against bare clusters").contains(NOTHING);
        List<Write> first = processFleet.writes();

        // then
        assertThat(first).hasSize(writes);
        PlayedChange second = processFleet.request(topology);
        assertThat(endOf(second)).isEqualTo("EndEvent_MeshVerified");
        assertThat(processFleet.writes()).isEqualTo(first);
        assertThat(second.findings()).as("against a mesh of Meshspan's").contains(NOTHING);
    }

    private static String endOf(PlayedChange playedChange) {
        playedChange.approve("carla");
        return playedChange.end();
    }
}
