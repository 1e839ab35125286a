package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.schedule.PeriodicTasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the start forms offer, for each kind of source that charts come from. */
class OfferedReleasesTest {

    private static final String USER = "robot";
    private static final String PASSWORD = "s3cr3t+p/ss\"word";

    @TempDir
    private Path folder;

    @Test
    void shouldOfferTheNewestPatchOfEachMinorThatARepositoryHas() throws Exception {
        ServerCertificate certificate = new ServerCertificate();
        Path authority = certificate.writeAuthority(folder.resolve("ca.pem"));
        index("1.30.3", "1.30.10", "1.30.9", "1.31.0-rc.0", "1.31.0", "1.29.6", "1.27.9", "1.33.0", "nightly");
        try (ChartServer server = ChartServer.start(folder, certificate.tls(), USER, PASSWORD)) {
            ChartProperties charts = charts(server.url(), PASSWORD, authority);

            assertThat(offered(charts, List.of())).containsExactly("1.31.0", "1.30.10", "1.29.6");
            assertThat(offered(charts, new ReleaseProperties(List.of(), true)))
                    .containsExactly("1.33.0", "1.31.0", "1.30.10", "1.29.6");
        }
    }

    /** Istio's own has more than three million characters. */
    @Test
    void shouldReadALongIndex() throws IOException {
        index("1.30.4");
        Files.writeString(
                folder.resolve("index.yaml"), ("# " + "x".repeat(98) + "\n").repeat(40_000), StandardOpenOption.APPEND);
        try (ChartServer server = ChartServer.start(folder)) {
            assertThat(offered(charts(server.url(), null, null), List.of())).containsExactly("1.30.4");
        }
    }

    @Test
    void shouldOfferWhatWasNewWhenTheSourceCannotBeAsked() throws Exception {
        ServerCertificate certificate = new ServerCertificate();
        Path authority = certificate.writeAuthority(folder.resolve("ca.pem"));
        index("1.31.0");
        try (ChartServer server = ChartServer.start(folder, certificate.tls(), USER, PASSWORD)) {
            ChartProperties refused = charts(server.url(), "another", authority);

            assertThat(offered(refused, List.of())).containsExactly("1.30.3", "1.29.6", "1.28.10");
            assertThatThrownBy(() -> new ChartVersions(refused).read())
                    .hasMessageContaining("does not say which versions it has")
                    .hasMessageNotContainingAny("another", USER);
        }
        assertThat(offered(charts("oci://127.0.0.1:9/charts", null, null), List.of()))
                .containsExactly("1.30.3", "1.29.6", "1.28.10");
        assertThat(offered(charts("http://127.0.0.1:9/charts", null, null), List.of()))
                .containsExactly("1.30.3", "1.29.6", "1.28.10");
    }

    /** Behind a company's proxy Helm finds the charts by the same variables. */
    @Test
    void shouldAskThroughTheProxyOfTheEnvironment() throws Exception {
        index("1.31.4");
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            byte[] answer = Files.readAllBytes(folder.resolve("index.yaml"));
            boolean known = exchange.getRequestURI().toString().equals("http://charts.example.org/istio/index.yaml");
            exchange.sendResponseHeaders(known ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        proxy.start();
        try {
            String address = "http://127.0.0.1:" + proxy.getAddress().getPort();
            ChartProperties charts = charts("http://charts.example.org/istio", null, null);

            assertThat(new ChartVersions(charts, Map.of("HTTP_PROXY", address)).read())
                    .containsExactly(new IstioVersion(1, 31, 4));
            assertThatThrownBy(() -> new ChartVersions(charts, Map.of("HTTP_PROXY", "ftp://me:secret@x")).read())
                    .hasMessageContaining("HTTP_PROXY is not the address of a proxy")
                    .hasMessageNotContaining("secret");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void shouldSayThatItOffersAFallbackAndWhy() throws Exception {
        OfferedReleases ofRegistry = releases(charts("oci://127.0.0.1:9/charts", null, null));
        assertThat(ofRegistry.fallback()).contains("the source of the charts has not answered yet");
        ofRegistry.ask();
        assertThat(ofRegistry.fallback().orElseThrow()).contains("does not list its versions");

        OfferedReleases ofNobody = releases(charts("http://127.0.0.1:9/charts", null, null));
        ofNobody.ask();
        assertThat(ofNobody.fallback().orElseThrow()).contains("http://127.0.0.1:9/charts does not say");

        index("1.30.3", "1.29.6", "1.28.10");
        try (ChartServer server = ChartServer.start(folder)) {
            OfferedReleases asked = releases(charts(server.url(), null, null));
            asked.ask();
            assertThat(asked.fallback()).isEmpty();
        }
    }

    private static OfferedReleases releases(ChartProperties charts) {
        return new OfferedReleases(
                new ReleaseProperties(List.of(), false), new ChartVersions(charts), new PeriodicTasks());
    }

    /** Java's client would send the password to wherever the answer leads. */
    @Test
    void shouldNotFollowARedirectWithALogin() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer elsewhere = HttpServer.create(loopback, 0);
        HttpServer server = HttpServer.create(loopback, 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            "http://127.0.0.1:%d/"
                                    .formatted(elsewhere.getAddress().getPort()));
            exchange.sendResponseHeaders(302, -1);
        });
        elsewhere.start();
        server.start();
        try {
            String url =
                    "http://127.0.0.1:%d/charts".formatted(server.getAddress().getPort());

            assertThatThrownBy(() -> new ChartVersions(charts(url, PASSWORD, null)).read())
                    .hasMessageContaining("status 302");
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
            elsewhere.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{version}", "istio-{version}/charts", "{version}/manifests/charts"})
    void shouldOfferTheVersionsOfFolders(String form) throws IOException {
        for (String version : List.of("1.30.3", "1.31.1", "old")) {
            Files.createDirectories(folder.resolve(form.replace("{version}", version)));
        }
        Files.createDirectories(folder.resolve("1.32.0x"));

        assertThat(offered(charts(folder + "/" + form, null, null), List.of())).containsExactly("1.31.1", "1.30.3");
    }

    @Test
    void shouldOfferTheVersionsOfArchives() throws IOException {
        for (String archive : List.of("istiod-1.30.3.tgz", "istiod-1.30.4.tgz", "gateway-1.31.0.tgz")) {
            Files.createFile(folder.resolve(archive));
        }

        assertThat(offered(charts(folder.toString(), null, null), List.of())).containsExactly("1.30.4");
    }

    @Test
    void shouldOfferWhatTheSettingsSay() {
        assertThat(offered(charts(folder.toString(), null, null), List.of("1.30.3-solo", "1.28.10")))
                .containsExactly("1.30.3-solo", "1.28.10");
    }

    @ParameterizedTest
    @CsvSource({
        "1.31.0-rc.0 1.31.0-rc.1,                     1.31.0-rc.1",
        "1.30.3-asm.9 1.30.3-asm.10,                  1.30.3-asm.10",
        "1.30.3-solo 1.30.3-solo-fips,                1.30.3-solo",
        "1.30.3-solo 1.31.0-solo-rc.1,                1.30.3-solo"
    })
    void shouldOfferTheLatestBuildOfAVendorAndCandidatesOnlyIfThereIsNothingElse(String there, String offered)
            throws IOException {
        index(there.split(" ", -1));
        try (ChartServer server = ChartServer.start(folder)) {
            assertThat(offered(charts(server.url(), null, null), List.of())).containsExactly(offered);
        }
    }

    @Test
    void shouldRefuseToOfferANewerMinorAndNameTheSettingThatAcceptsIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReleaseProperties(List.of("1.30.3", "1.33.0"), false))
                .withMessageContainingAll("1.28 to 1.32", "1.33.0", "meshspan.istio.allow-newer");
        assertThat(new ReleaseProperties(List.of("1.33.0"), true).versions()).containsExactly("1.33.0");
    }

    private void index(String... versions) throws IOException {
        StringBuilder entries = new StringBuilder("apiVersion: v1\nentries:\n  istiod:\n");
        for (String version : versions) {
            entries.append("  - {apiVersion: v2, name: istiod, version: \"%s\", urls: [x.tgz]}\n".formatted(version));
        }
        Files.writeString(folder.resolve("index.yaml"), entries);
    }

    private static ChartProperties charts(String source, @Nullable String password, @Nullable Path authority) {
        return new ChartProperties(
                source,
                password == null ? null : USER,
                password == null ? null : new ChartPassword(password),
                authority,
                null,
                null);
    }

    private static List<String> offered(ChartProperties charts, List<String> versions) {
        return offered(charts, new ReleaseProperties(versions, false));
    }

    private static List<String> offered(ChartProperties charts, ReleaseProperties releases) {
        OfferedReleases offered = new OfferedReleases(releases, new ChartVersions(charts), new PeriodicTasks());
        if (releases.versions().isEmpty()) {
            offered.ask();
        }
        return offered.newestFirst().stream().map(IstioVersion::toString).toList();
    }
}
