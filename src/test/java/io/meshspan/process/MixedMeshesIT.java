package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.sandbox.Write;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Meshes that no topology of the guide covers, by a mesh file; as many write calls as it takes, and none the second time. */
class MixedMeshesIT {

    /** What each cluster has: namespace, marking ConfigMap, base 17, istiod 17 and cacerts, or on a remote 14. */
    private static final int PRIMARY = 1 + 1 + 17 + 17 + 1;

    private static final int REMOTE = 1 + 1 + 17 + 14;
    private static final int TOKEN = 1;
    private static final int GATEWAY = 6;
    private static final int EXPOSE_SERVICES = 1;
    private static final int EXPOSE_ISTIOD = 2;

    /** Each primary reads every cluster but itself. */
    private static int secrets(int primaries, int remotes) {
        return primaries * (primaries + remotes - 1);
    }

    @Tag("slow")
    @Test
    void shouldMakeTwoPrimariesAndThreeRemotesOnTwoNetworksOneMesh() {
        List<String> far = TestApplication.take(1).clusters();
        List<String> near = TestApplication.takeOnOneNetwork(4).clusters();
        int writes =
                2 * (PRIMARY + EXPOSE_SERVICES + EXPOSE_ISTIOD) + 3 * REMOTE + 5 * (TOKEN + GATEWAY) + secrets(2, 3);

        shouldVerifyTwice(
                writes,
                primary(far.get(0)),
                primary(near.get(0)),
                remote(near.get(1), near.get(0)),
                remote(near.get(2), near.get(0)),
                remote(near.get(3), far.get(0)));
    }

    @Test
    void shouldMakeTwoPrimariesAndThreeRemotesOnThreeNetworksOneMesh() {
        List<String> far = TestApplication.take(2).clusters();
        List<String> near = TestApplication.takeOnOneNetwork(3).clusters();
        int writes =
                2 * (PRIMARY + EXPOSE_SERVICES + EXPOSE_ISTIOD) + 3 * REMOTE + 5 * (TOKEN + GATEWAY) + secrets(2, 3);

        shouldVerifyTwice(
                writes,
                primary(far.get(0)),
                remote(far.get(1), far.get(0)),
                remote(near.get(0), near.get(1)),
                primary(near.get(1)),
                remote(near.get(2), far.get(0)));
    }

    /** On one network only the primary that serves a remote has a gateway. */
    @Tag("slow")
    @Test
    void shouldMakeTwoPrimariesAndARemoteOnOneNetworkOneMesh() {
        List<String> near = TestApplication.takeOnOneNetwork(3).clusters();
        int writes = 2 * PRIMARY + REMOTE + 3 * TOKEN + GATEWAY + EXPOSE_ISTIOD + secrets(2, 1);

        shouldVerifyTwice(writes, primary(near.get(0)), primary(near.get(1)), remote(near.get(2), near.get(1)));
    }

    private static void shouldVerifyTwice(int writes, String... members) {
        // given
        List<String> clusters = Stream.of(members).map(MixedMeshesIT::name).toList();
        ProcessFleet processFleet = new ProcessFleet(clusters, "mixed-" + clusters.get(0));

        // when
        assertThat(installed(processFleet, members)).isEqualTo("EndEvent_MeshVerified");
        List<Write> first = processFleet.writes();

        // then
        assertThat(first).hasSize(writes);
        assertThat(installed(processFleet, members)).isEqualTo("EndEvent_MeshVerified");
        PlayedChange verification = start("verify-mesh", processFleet, members);
        verification.approve("carla");
        assertThat(verification.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(processFleet.writes()).isEqualTo(first);
    }

    private static String installed(ProcessFleet processFleet, String... members) {
        PlayedChange playedChange = start("install-mesh", processFleet, members);
        playedChange.approve("carla");
        return playedChange.end();
    }

    private static PlayedChange start(String process, ProcessFleet processFleet, String... members) {
        String file = "meshId: %s\nistioVersion: 1.30.3\nclusters:\n%s\n"
                .formatted(processFleet.mesh(), String.join("\n", members));
        return PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                process,
                processFleet.mesh(),
                Map.of("meshFile", file, "reason", "a test"));
    }

    private static String name(String member) {
        return member.replaceFirst("- \\{name: ([a-z0-9]+).*", "$1");
    }

    private static String primary(String cluster) {
        return "- {name: %s}".formatted(cluster);
    }

    private static String remote(String cluster, String controlPlane) {
        return "- {name: %s, role: remote, controlPlane: %s}".formatted(cluster, controlPlane);
    }
}
