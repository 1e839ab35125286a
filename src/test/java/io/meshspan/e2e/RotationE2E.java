package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On real API servers and istiods: the old token is dead, the new intermediate in use, the mesh verified after each, and no proxy
 * was without a way to another cluster at any time.
 */
class RotationE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final String TOKEN = "istio-reader-service-account-istio-remote-secret-token";

    @Override
    Map<String, String> properties() {
        return Map.of("meshspan.istio.allow-newer", "true");
    }

    @AfterEach
    void removeWorkloads() {
        HelloWorldWorkloads.remove(fleet().clusters());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReplaceTokensOfAMeshThatGoesOn(String version) {
        installed(version);

        E2eChange tokens = rotated("rotate-remote-tokens");

        assertThat(tokens(fleet().last())).containsExactly(TOKEN + "-2");
        assertThat(tokens.verification()).contains("Verified").doesNotContain("Findings");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReplaceIntermediatesOfAMeshThatGoesOn(String version) {
        installed(version);
        String before = cacerts(fleet().first()).get("ca-cert.pem");

        E2eChange intermediates = rotated("rotate-intermediates");

        assertThat(intermediates.verification()).contains("Verified").doesNotContain("Findings");
        assertThat(cacerts(fleet().first())).doesNotContainEntry("ca-cert.pem", before);
    }

    private void installed(String version) {
        E2eChange installed = fleet().request(version);
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        HelloWorldWorkloads.create(fleet().clusters());
    }

    private E2eChange rotated(String process) {
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            E2eChange rotation = fleet().requestDeclared(process, Map.of());
            rotation.approve();
            assertThat(rotation.end()).isEqualTo(VERIFIED);
            System.out.println("E2E after " + process);
            calls.assertNoneLost();
            return rotation;
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldLoseNoCallWhileReplacedTokensAreRolledBack(String version) {
        // given
        installed(version);
        List<String> before = tokens(fleet().last());
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            // when
            E2eChange rotation = fleet().requestDeclared("rotate-remote-tokens", Map.of());
            assertThat(rotation.planSummary()).doesNotContain(" 0 to change");
            rolledBackAtItsVerification(rotation, fleet().last());
            fleet().clusters().forEach(LiveCluster::awaitIstiod);

            // then
            calls.assertNoneLost();
        }
        assertThat(tokens(fleet().last())).isEqualTo(before);
    }

    /** On the way forward, on the way back, and forward to the end. */
    @ParameterizedTest
    @MethodSource("versions")
    void shouldLoseNoCallWhileTheRootChanges(String version) {
        // given
        installed(version);
        String before = cacerts(fleet().first()).get("root-cert.pem");
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            // when
            E2eChange change = changeOfTheRoot(calls, "next", "back", "next", "next", "finish");

            // then
            assertThat(change.end()).isEqualTo(VERIFIED);
            calls.assertNoneLost();
        }
        assertThat(cacerts(fleet().first())).doesNotContainEntry("root-cert.pem", before);
        fleet().clusters().stream()
                .filter(RotationE2E::hasCacerts)
                .forEach(cluster -> assertThat(cacerts(cluster))
                        .containsEntry("root-cert.pem", cacerts(fleet().first()).get("root-cert.pem")));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldLoseNoCallWhileTheRootIsRolledBack(String version) {
        // given
        installed(version);
        Map<String, String> before = cacerts(fleet().first());
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            // when
            E2eChange change = changeOfTheRoot(calls, "next", "next", "rollBack");

            // then
            assertThat(change.end()).isEqualTo("EndEvent_ChangeRolledBack");
            fleet().clusters().forEach(LiveCluster::awaitIstiod);
            calls.assertNoneLost();
        }
        assertThat(cacerts(fleet().first())).isEqualTo(before);
    }

    private E2eChange changeOfTheRoot(ContinuousCalls calls, String... decisions) {
        E2eChange change = fleet().requestDeclared("rotate-root", Map.of());
        change.approve();
        for (String decision : decisions) {
            System.out.println(change.phase());
            System.out.println(calls);
            change.afterPhase(decision);
        }
        return change;
    }

    private static Map<String, String> cacerts(LiveCluster cluster) {
        return cluster.client()
                .secrets()
                .inNamespace("istio-system")
                .withName("cacerts")
                .get()
                .getData();
    }

    private static boolean hasCacerts(LiveCluster cluster) {
        return cluster.client()
                        .secrets()
                        .inNamespace(LiveCluster.ISTIO_SYSTEM)
                        .withName("cacerts")
                        .get()
                != null;
    }

    private static List<String> tokens(LiveCluster cluster) {
        return cluster.client().secrets().inNamespace("istio-system").list().getItems().stream()
                .map(Secret::getMetadata)
                .map(metadata -> metadata.getName())
                .filter(name -> name.startsWith(TOKEN))
                .toList();
    }

    List<String> versions() {
        return fleet().versions();
    }
}
