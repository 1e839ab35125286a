package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real istiods: credentials are replaced while a client calls across clusters all the time, and no call fails. */
class RotationE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final String TOKEN = "istio-reader-service-account-istio-remote-secret-token";

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReplaceCredentialsWithoutAFailedCall(String version) {
        // given
        E2eChange installed = fleet().request(
                        GivenObjects.TOPOLOGY.text().orElse("multi-primary-multi-network"),
                        version,
                        fleet().contexts(),
                        Map.of("keepSample", true));
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        String before = fleet().first()
                .client()
                .secrets()
                .inNamespace("istio-system")
                .withName("cacerts")
                .get()
                .getData()
                .get("ca-cert.pem");

        // when
        try (SteadyClient calls = new SteadyClient(fleet().first())) {
            E2eChange tokens = fleet().requestDeclared("rotate-remote-tokens", Map.of("keepSample", true));
            tokens.approve();
            assertThat(tokens.end()).isEqualTo(VERIFIED);
            E2eChange intermediates = fleet().requestDeclared("rotate-intermediates", Map.of("keepSample", true));
            intermediates.approve();
            assertThat(intermediates.end()).isEqualTo(VERIFIED);

            // then
            assertThat(calls.failed()).isEmpty();
            assertThat(calls.answered()).isPositive();
            System.out.printf("%s: %d calls across clusters, 0 failed%n", version, calls.answered());
        }
        assertThat(tokens(fleet().last())).containsExactly(TOKEN + "-2");
        assertThat(fleet().first()
                        .client()
                        .secrets()
                        .inNamespace("istio-system")
                        .withName("cacerts")
                        .get()
                        .getData())
                .doesNotContainEntry("ca-cert.pem", before);
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
