package io.meshspan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigFilesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldMergeAContextWithClusterAndUserOfAnotherFile() throws IOException {
        Path first = file("a/config", "contexts: [{name: split, context: {cluster: sc, user: su}}]");
        Path second = file("b/config", """
                clusters: [{name: sc, cluster: {server: "https://192.0.2.1", certificate-authority: ca.crt}}]
                users: [{name: su, user: {tokenFile: token}}]
                """);

        ContextLogin login = read(first, second).login("split").orElseThrow();

        assertThat(login.files()).containsExactly(folder.resolve("b/ca.crt"));
        assertThat(login.tokenFile()).contains(folder.resolve("b/token"));
    }

    @Test
    void shouldTakeTheFirstOfEqualNamesAsAWhole() throws IOException {
        Path first = file("a", "users: [{name: u, user: {username: one}}]");
        Path second = file("b", """
                users: [{name: u, user: {username: two, as: somebody}}]
                clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                """);

        ContextLogin login = read(first, second).login("x").orElseThrow();

        assertThat(login.user().getUsername()).isEqualTo("one");
        assertThat(login.user().getAs()).isNull();
    }

    @Test
    void shouldLeaveOutAMissingFileOfSeveral() throws IOException {
        Path there = file("a", "contexts: [{name: x, context: {cluster: c, user: u}}]");

        assertThat(read(folder.resolve("gone"), there).contexts()).containsExactly("x");
        assertThatThrownBy(() -> read(folder.resolve("gone"))).isInstanceOf(UnusableKubeconfig.class);
    }

    /** Each is a form with which kubectl works. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{server: 'https://192.0.2.1'}",
                "{server: ' https://192.0.2.1'}",
                "{server: 192.0.2.1, insecure-skip-tls-verify: true}",
                "{server: 192.0.2.1, certificate-authority-data: Y2E=}",
                "{server: 'https://192.0.2.9', server: 'https://192.0.2.1'}",
                "{<<: *shared}",
                "*shared",
                "{server: 'https://192.0.2.1', extensions: [{name: last-update, extension: null}, {name: x, extension: 1}]}",
                "{server: 'https://192.0.2.1', disable-compression: true, what-comes-next: [1]}"
            })
    void shouldReadWhatKubectlReads(String cluster) throws IOException {
        Path file = file("a", """
                x-shared: &shared {server: 'https://192.0.2.1'}
                preferences: {}
                extensions: null
                contexts:
                - name: x
                  context: {cluster: c, user: u, extensions: [{name: teleport.kube.name, extension: shop}]}
                clusters:
                - name: c
                  cluster: %s
                users: [{name: u, user: {token: 2026-11-30}}]
                ---
                users: null
                """.formatted(cluster));

        ContextLogin login = read(file).login("x").orElseThrow();

        assertThat(login.server()).contains(URI.create("https://192.0.2.1"));
        assertThat(login.user().getToken()).isEqualTo("2026-11-30");
    }

    @Test
    void shouldRefuseAnAliasThatLeadsIntoItself() throws IOException {
        Path file = file("a", "x: &x {y: *x}\nusers: [{name: u, user: &u {token: not-to-be-shown, exec: *u}}]\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnusableKubeconfig.class)
                .hasMessageNotContaining("not-to-be-shown");
    }

    /** kubectl config writes null for an empty list. */
    @Test
    void shouldTakeNullForAnEmptyListAndNoUserForNoCredentials() throws IOException {
        Path file = file("a", """
                contexts: [{name: x, context: {cluster: c}}, {name: y, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}]
                users: null
                """);

        assertThat(read(file).login("x").orElseThrow().method()).isEqualTo(ContextLogin.Method.NONE);
        assertThat(read(file).login("y")).isEmpty();
    }

    /** Two thousand clusters with their certificates; each cluster asks for its login. */
    @Test
    void shouldReadALongKubeconfigOnce() throws IOException {
        String ca = "QUJD".repeat(400);
        String text = IntStream.range(0, 2000)
                .mapToObj(
                        "- {name: c%1$d, cluster: {server: 'https://c%1$d', certificate-authority-data: CA}}\n"
                                ::formatted)
                .collect(Collectors.joining("", "clusters:\n", "contexts: [{name: x, context: {cluster: c7}}]\n"))
                .replace("CA}", ca + "}");
        Path file = file("a", text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        KubeconfigFiles files = new KubeconfigFiles(List.of(file));

        assertThat(files.read().login("x").orElseThrow().server()).contains(URI.create("https://c7"));
        assertThat(files.read()).isSameAs(files.read());
        Files.writeString(file, "contexts: []");
        assertThat(files.read().contexts()).isEmpty();
    }

    @Test
    void shouldNeverShowWhatIsInIt() throws IOException {
        Path broken = file("a", "users: [{name: u, user: {token: [not-to-be-shown]}}]");

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(UnusableKubeconfig.class)
                .hasNoCause()
                .hasMessageNotContaining("not-to-be-shown");
        Path whole = file("b", """
                users: [{name: u, user: {token: not-to-be-shown}}]
                clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                """);
        assertThat(read(whole).login("x").orElseThrow().toString()).doesNotContain("not-to-be-shown");
    }

    private static MergedKubeconfig read(Path... files) {
        return new KubeconfigFiles(List.of(files)).read();
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
