package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.trust.OfflineRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A company's issuing CA signs, whose root's key is nowhere near: real istiods take the chain over, and another under it. */
class IssuerE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";

    private String root = "";

    @Override
    Map<String, String> properties() {
        try {
            Path keystore = Files.createTempDirectory("meshspan-e2e").resolve("issuing.p12");
            String password = UUID.randomUUID().toString();
            root = OfflineRoot.issuingKeystore(keystore, password);
            return Map.of(
                    "meshspan.trust.source",
                    "issuer",
                    "meshspan.trust.keystore",
                    keystore.toString(),
                    "meshspan.trust.keystore-password",
                    password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldHaveTheWholeMeshTrustTheRootAboveTheIssuingCa() {
        // given
        E2eChange installed = fleet().request(version());
        installed.approve();
        assertThat(installed.end()).isEqualTo(VERIFIED);
        List<String> before = intermediates();

        // when
        E2eChange rotation = fleet().requestDeclared("rotate-intermediates", Map.of());
        rotation.approve();
        assertThat(rotation.end()).isEqualTo(VERIFIED);

        // then
        assertThat(rotation.verification()).contains("Verified").doesNotContain("Findings");
        assertThat(intermediates()).doesNotContainAnyElementsOf(before);
        fleet().clusters().forEach(cluster -> {
            assertThat(cluster.client()
                            .configMaps()
                            .inNamespace("default")
                            .withName("istio-ca-root-cert")
                            .waitUntilCondition(found -> found != null, 1, TimeUnit.MINUTES)
                            .getData()
                            .get("root-cert.pem"))
                    .isEqualToIgnoringNewLines(root);
            assertThat(cacerts(cluster, "cert-chain.pem").split("BEGIN CERTIFICATE", -1))
                    .as("the intermediate and the issuing CA, and perhaps the root")
                    .hasSizeBetween(3, 4);
        });
    }

    private List<String> intermediates() {
        return fleet().clusters().subList(0, 1).stream()
                .map(cluster -> cacerts(cluster, "ca-cert.pem"))
                .toList();
    }

    private static String cacerts(LiveCluster cluster, String entry) {
        return new String(
                Base64.getDecoder()
                        .decode(cluster.client()
                                .secrets()
                                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                                .withName("cacerts")
                                .get()
                                .getData()
                                .get(entry)),
                StandardCharsets.US_ASCII);
    }
}
