package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real API servers and istiods: the old token is dead, the new intermediate in use, and the mesh verified after each. */
class RotationE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final String TOKEN = "istio-reader-service-account-istio-remote-secret-token";

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReplaceCredentialsOfAMeshThatGoesOn(String version) {
        // given
        E2eChange installed = fleet().request(version);
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        String before = cacerts(fleet().first()).get("ca-cert.pem");

        // when
        E2eChange tokens = fleet().requestDeclared("rotate-remote-tokens", Map.of());
        tokens.approve();
        assertThat(tokens.end()).isEqualTo(VERIFIED);
        E2eChange intermediates = fleet().requestDeclared("rotate-intermediates", Map.of());
        intermediates.approve();
        assertThat(intermediates.end()).isEqualTo(VERIFIED);

        // then
        assertThat(tokens(fleet().last())).containsExactly(TOKEN + "-2");
        assertThat(tokens.verification()).contains("Verified").doesNotContain("Findings");
        assertThat(intermediates.verification()).contains("Verified").doesNotContain("Findings");
        assertThat(cacerts(fleet().first())).doesNotContainEntry("ca-cert.pem", before);
    }

    /** A client calls across clusters all the time: on the way forward, on the way back, and forward to the end. */
    @ParameterizedTest
    @MethodSource("versions")
    void shouldLoseNoCallWhileTheRootChanges(String version) throws Exception {
        // given
        E2eChange installed = fleet().request(version);
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        List<LiveCluster> clusters = fleet().clusters();
        for (int i = 0; i < clusters.size(); i++) {
            UpgradeMeshE2E.use(clusters.get(i), "v" + (i + 1));
        }
        String before = cacerts(fleet().first()).get("root-cert.pem");
        try (CallsAcross calls = CallsAcross.from(fleet().first(), UpgradeMeshE2E.CALLER)) {
            // when
            E2eChange change = fleet().requestDeclared("rotate-root", Map.of());
            change.approve();
            for (String decision : List.of("next", "back", "next", "next", "finish")) {
                System.out.println(change.phase());
                System.out.println(calls);
                change.afterPhase(decision);
            }

            // then
            assertThat(change.end()).isEqualTo(VERIFIED);
            System.out.println(calls);
            assertThat(calls.failed()).isEmpty();
            assertThat(calls.answered()).isGreaterThan(20);
        } finally {
            UpgradeMeshE2E.removeWorkloads(fleet());
        }
        assertThat(cacerts(fleet().first())).doesNotContainEntry("root-cert.pem", before);
        assertThat(cacerts(fleet().last()))
                .containsEntry("root-cert.pem", cacerts(fleet().first()).get("root-cert.pem"));
    }

    private static Map<String, String> cacerts(LiveCluster cluster) {
        return cluster.client()
                .secrets()
                .inNamespace("istio-system")
                .withName("cacerts")
                .get()
                .getData();
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
