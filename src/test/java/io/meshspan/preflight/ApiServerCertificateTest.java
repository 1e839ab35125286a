package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.TwoPrimaries;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiServerCertificateTest {

    @Test
    void shouldAcceptTheClustersOwnAuthorityAtTheNameOfItsCertificate() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), server.authority()))
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseAnotherAuthorityAsARemoteIstiodWould() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1");
                TlsServer other = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), other.authority()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKING));
        }
    }

    @Test
    void shouldRefuseANameThatTheCertificateDoesNotCarry() throws Exception {
        try (TlsServer server = TlsServer.named("10.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), server.authority()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                        assertThat(finding.found()).contains("127.0.0.1");
                    });
        }
    }

    @Test
    void shouldOnlyWarnWhereItGetsNoAnswerItself() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + unusedPort(), server.authority()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        }
    }

    private static List<Finding> found(String address, String authority) {
        ClusterInMemory cluster = new ClusterInMemory("cluster1", address, true)
                .with(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("kube-root-ca.crt")
                        .withNamespace("kube-system")
                        .endMetadata()
                        .addToData("ca.crt", authority)
                        .build());
        return Seen.by(new ApiServerCertificate(), TwoPrimaries.MESH, cluster);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
