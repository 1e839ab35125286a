package io.meshspan.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.meshspan.inventory.ContextLogin;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRouteTest {

    @Test
    void shouldTakeTheProxyOfTheEnvironmentForTheSchemeOfTheServer() {
        Map<String, String> environment =
                Map.of("https_proxy", "proxy.example.org:3128", "HTTP_PROXY", "http://plain:80");

        assertThat(ProxyRoute.of(URI.create("https://kube.example.org"), environment))
                .hasValueSatisfying(route -> assertThat(route).hasToString("http://proxy.example.org:3128"));
        assertThat(ProxyRoute.of(URI.create("http://kube.example.org"), environment))
                .hasValueSatisfying(route -> assertThat(route).hasToString("http://plain:80"));
    }

    @ParameterizedTest
    @CsvSource({
        "'*', https://kube.example.org, true",
        "example.org, https://kube.example.org, true",
        "example.org, https://example.org, true",
        "example.org, https://badexample.org, false",
        ".example.org, https://kube.example.org, true",
        ".example.org, https://example.org, false",
        "*.example.org, https://a.example.org, true",
        "'a, EXAMPLE.org', https://kube.example.org, true",
        "kube.example.org:6443, https://kube.example.org:6443, true",
        "kube.example.org:6443, https://kube.example.org, false",
        "10.0.0.0/8, https://10.20.30.40:6443, true",
        "10.0.0.0/9, https://10.200.30.40:6443, false",
        "10.1.2.3, https://10.1.2.3, true",
        "10.1.2.3, https://10.1.2.30, false",
        "fd00::/8, 'https://[fd00::1]:6443', true",
        "10.0.0.0/8, https://ten.example.org, false",
    })
    void shouldLeaveOutWhatNoProxyNames(String excluded, URI server, boolean direct) {
        assertThat(ProxyRoute.of(server, Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", excluded))
                        .isEmpty())
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({"https://127.0.0.1:6443", "https://localhost", "'https://[::1]:6443'"})
    void shouldReachThisMachineWithoutTheEnvironmentsProxy(URI server) {
        assertThat(ProxyRoute.of(server, Map.of("HTTPS_PROXY", "http://proxy:1")))
                .isEmpty();
    }

    @Test
    void shouldTakeTheKubeconfigsProxyForEveryAddress() {
        ContextLogin login = new ContextLogin(
                new ClusterBuilder()
                        .withServer("https://127.0.0.1:6443")
                        .withProxyUrl("socks5://bastion")
                        .build(),
                Path.of("/"),
                new AuthInfo(),
                Path.of("/"));

        assertThat(ProxyRoute.of(login, Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", "*")))
                .hasValueSatisfying(route -> {
                    assertThat(route).hasToString("socks5://bastion:1080");
                    assertThat(route.isSocks()).isTrue();
                });
    }

    /** Others' address of a cluster is another host, so NO_PROXY and the environment are asked anew. */
    @Test
    void shouldTakeTheKubeconfigsProxyForAnAddressThatTheInventoryNames() {
        ContextLogin proxied = new ContextLogin(
                new ClusterBuilder()
                        .withServer("https://kube.example.org")
                        .withProxyUrl("http://bastion:3128")
                        .build(),
                Path.of("/"),
                new AuthInfo(),
                Path.of("/"));

        assertThat(ProxyRoute.to(URI.create("https://10.0.0.1:6443"), proxied, Map.of()))
                .hasValueSatisfying(route -> assertThat(route).hasToString("http://bastion:3128"));
    }

    @Test
    void shouldNeverTellTheProxysPassword() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://me:hidden@proxy:1");
        assertThat(ProxyRoute.of(URI.create("https://kube.example.org"), environment)
                        .toString())
                .doesNotContain("hidden");
        assertThatThrownBy(() -> ProxyRoute.of(
                        URI.create("https://kube.example.org"), Map.of("HTTPS_PROXY", "ftp://me:hidden@proxy")))
                .isInstanceOf(LoginFailed.class)
                .hasMessageNotContaining("hidden");
    }
}
