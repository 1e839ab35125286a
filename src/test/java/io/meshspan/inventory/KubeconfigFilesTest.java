package io.meshspan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
