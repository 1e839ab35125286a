package io.meshspan.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On real API servers and istiods: tokens that never expire are replaced by bound ones, and these by the schedule long before they
 * end. The old token is refused, and no proxy was without a way to another cluster at any time.
 */
class RenewalE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final int UNAUTHORIZED = 401;

    @Override
    Map<String, String> properties() {
        return Map.of(
                "meshspan.istio.allow-newer",
                "true",
                "meshspan.token-renewal.cron",
                "*/15 * * * * *",
                "meshspan.token-renewal.lifetime-left",
                "90");
    }

    /** Before the schedule begins the next renewal. */
    @AfterEach
    void leaveNoRenewal() {
        fleet().endAllChanges();
        HelloWorldWorkloads.remove(fleet().clusters());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldRenewBoundTokensOfAMeshThatGoesOn(String version) {
        // given
        assertThat(fleet().request(version).approve().end()).isEqualTo(VERIFIED);
        HelloWorldWorkloads.create(fleet().clusters());
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            E2eChange rotation = fleet().requestDeclared("rotate-remote-tokens", Map.of("tokenExpiration", "10m"));
            assertThat(rotation.approve().end()).isEqualTo(VERIFIED);
            String bound = tokenForLast();
            assertThat(claims(bound)).contains("\"exp\":", "\"secret\":");

            // when
            E2eChange renewal = fleet().startedBySchedule("renew-remote-tokens");

            // then
            assertThat(renewal.end()).isEqualTo(VERIFIED);
            assertThat(tokenForLast()).isNotEqualTo(bound);
            assertRefused(bound);
            calls.assertNoneLost();
        }
    }

    /** With which the first cluster's istiod reads the last cluster. */
    private String tokenForLast() {
        String kubeconfig = fleet().first()
                .client()
                .secrets()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName("istio-remote-secret-" + fleet().last().name())
                .require()
                .getData()
                .values()
                .iterator()
                .next();
        return Serialization.unmarshal(
                        new String(Base64.getDecoder().decode(kubeconfig), UTF_8),
                        io.fabric8.kubernetes.api.model.Config.class)
                .getUsers()
                .get(0)
                .getUser()
                .getToken();
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    }

    private void assertRefused(String token) {
        Config ours = fleet().last().client().getConfiguration();
        Config reader = new ConfigBuilder(Config.empty())
                .withMasterUrl(ours.getMasterUrl())
                .withCaCertData(ours.getCaCertData())
                .withCaCertFile(ours.getCaCertFile())
                .withOauthToken(token)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(reader).build()) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> client.namespaces().list())
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(UNAUTHORIZED));
        }
    }

    List<String> versions() {
        return fleet().versions();
    }
}
