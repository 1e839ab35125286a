package io.meshspan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshspan.finding.StartupFailure;
import io.meshspan.inventory.InventoryProperties.Entry;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigInventoryTest {

    private final Path file;

    KubeconfigInventoryTest(@TempDir Path folder) throws IOException {
        file = folder.resolve("config");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: cluster1
                clusters:
                - name: some-cluster
                  cluster: {server: "https://192.0.2.1:6443"}
                users:
                - name: some-user
                  user: {}
                contexts:
                - name: cluster1
                  context: {cluster: some-cluster, user: some-user}
                - name: cluster2
                  context:
                    cluster: some-cluster
                    user: some-user
                    extensions:
                    - name: not-a-context
                      extension: {}
                - name: arn:aws:eks:eu-west-1:123456789012:cluster/prod
                  context: {cluster: some-cluster, user: some-user}
                """);
    }

    @Test
    void shouldKnowEveryContextAndMakeADnsLabelOfALongName() {
        assertThat(inventory(Map.of()).clusters())
                .extracting(cluster -> cluster.name().value(), KnownCluster::context, KnownCluster::givenName)
                .containsExactly(
                        tuple(
                                "arn-aws-eks-eu-west-1-123456789012-cluster-prod",
                                "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
                                Optional.of("arn:aws:eks:eu-west-1:123456789012:cluster/prod")),
                        tuple("cluster1", "cluster1", Optional.empty()),
                        tuple("cluster2", "cluster2", Optional.empty()));
        assertThat(inventory(Map.of()).leftOut()).isEmpty();
    }

    @Test
    void shouldTellOfContextsWhoseNamesGiveNoLabelOrThatOfAnother() throws IOException {
        Files.writeString(file, """
                contexts:
                - {name: GKE_acme/europe, context: {cluster: c, user: u}}
                - {name: gke-acme-europe, context: {cluster: c, user: u}}
                - {name: "___", context: {cluster: c, user: u}}
                """);
        KubeconfigInventory inventory = inventory(Map.of());

        assertThat(inventory.clusters()).extracting(KnownCluster::context).containsExactly("gke-acme-europe");
        assertThat(inventory.leftOut())
                .extracting(LeftOutCluster::name, LeftOutCluster::why)
                .containsExactly(
                        tuple(
                                "___",
                                "its name has no letter and no digit of a DNS label; name it in meshspan.inventory.clusters"),
                        tuple(
                                "GKE_acme/europe",
                                "its name would be gke-acme-europe, which is that of a cluster in %s; name it in meshspan.inventory.clusters"
                                        .formatted(file)));
    }

    /** k3s calls each context default. */
    @Test
    void shouldTellOfFilesWithAContextOfTheSameName() throws IOException {
        Path folder = Files.createDirectory(file.resolveSibling("k3s"));
        for (String name : List.of("east", "west")) {
            Files.writeString(folder.resolve(name), "contexts: [{name: default, context: {cluster: c, user: u}}]");
        }

        assertThat(new KubeconfigInventory(new InventoryProperties(file, folder, Map.of()), Stream::of).leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.where()).endsWith("west"))
                .satisfies(left -> assertThat(left.why())
                        .startsWith(folder.resolve("east") + " has a context of that name")
                        .contains("rename-context"));
    }

    /** Two objects of a fleet are two clusters; a kubeconfig and an object that name one alike mean the same. */
    /** A note that somebody put there, or a file that is being written: neither hides the others, at the start or later. */
    @Test
    void shouldTakeTheOtherFilesOfAFolderWhereOneIsNoKubeconfig() throws IOException {
        Path folder = Files.createDirectory(file.resolveSibling("mixed"));
        Files.writeString(folder.resolve("a-note.md"), "# Clusters\n\tof: [the team");
        Files.writeString(folder.resolve("east"), "contexts: [{name: east, context: {cluster: c, user: u}}]");

        KubeconfigInventory inventory =
                new KubeconfigInventory(new InventoryProperties(null, folder, Map.of()), Stream::of);

        assertThat(inventory.clusters())
                .extracting(known -> known.name().value())
                .contains("east");
        assertThat(inventory.leftOut()).extracting(LeftOutCluster::name).containsExactly("a-note.md");

        Files.writeString(folder.resolve("east"), "contexts: [{name: ea");
        Files.writeString(folder.resolve("west"), "contexts: [{name: west, context: {cluster: c, user: u}}]");

        assertThat(inventory.clusters())
                .extracting(known -> known.name().value())
                .contains("east", "west");
        assertThat(inventory.leftOut()).extracting(LeftOutCluster::name).containsExactly("a-note.md", "east");
    }

    @Test
    void shouldTellOfTwoObjectsWithOneName() {
        List<KnownCluster> fleet = List.of(
                ofFleet("Secret argocd/a", "shop"),
                ofFleet("Secret argocd/b", "shop"),
                ofFleet("Secret argocd/c", "cluster1"));
        KubeconfigInventory inventory =
                new KubeconfigInventory(new InventoryProperties(file, null, Map.of()), () -> Stream.of(() -> fleet));

        assertThat(inventory.clusters()).isSameAs(inventory.clusters());
        assertThat(inventory.clusters()).hasSize(4);
        assertThat(inventory.leftOut())
                .singleElement()
                .hasToString("shop in Secret argocd/b: its name would be shop, which is that of a cluster in Secret"
                        + " argocd/a; give it another name there");
    }

    private static KnownCluster ofFleet(String where, String name) {
        return new KnownCluster(
                new ClusterName(name),
                new IstioClusterName(name),
                new NetworkName(name),
                "fleet",
                new StoredKubeconfig(where, "{}", Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void shouldKnowOnlyTheConfiguredClusters() {
        String address = "https://198.51.100.7:6443";
        KubeconfigInventory inventory = inventory(Map.of(
                "prod",
                new Entry(
                        "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
                        null,
                        new NetworkName("network9"),
                        address)));

        assertThat(inventory.clusters())
                .containsExactly(known(
                        "prod",
                        "network9",
                        "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
                        Optional.of(URI.create(address))));
        assertThat(inventory.find(new ClusterName("cluster1"))).isEmpty();
    }

    @Test
    void shouldTakeTheNameForContextAndNetworkWhereNoneIsGiven() {
        assertThat(inventory(Map.of("cluster2", new Entry(null, null, null, null)))
                        .clusters())
                .containsExactly(known("cluster2", "cluster2", "cluster2", Optional.empty()));
    }

    @Test
    void shouldNotStartWithAClusterThatNoKubeconfigHas() {
        assertThatThrownBy(() -> inventory(Map.of("cluster9", new Entry(null, null, null, null))))
                .hasMessageContaining("cluster9")
                .hasMessageContaining("cluster1, cluster2");
    }

    @Test
    void shouldNameEveryClusterThatNoKubeconfigHas() {
        assertThatThrownBy(() -> inventory(Map.of(
                        "cluster8",
                        new Entry(null, null, null, null),
                        "cluster9",
                        new Entry("else", null, null, null))))
                .hasMessageContaining("'cluster8' is configured with context 'cluster8'")
                .hasMessageContaining("'cluster9' is configured with context 'else'");
    }

    @Test
    void shouldNotShowAKubeconfigThatItCannotRead() throws IOException {
        Files.writeString(file, "users: [ {name: me, user: {token: not-to-be-shown}");

        assertThatThrownBy(() -> inventory(Map.of()))
                .hasMessageContaining("config")
                .hasNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain("not-to-be-shown"));
    }

    @Test
    void shouldNotStartWithoutTheKubeconfigThatIsNamed() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> inventory(Map.of()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is not there");
    }

    @Test
    void shouldNotQuoteAKubeconfigThatIsNoYaml() throws IOException {
        Files.writeString(file, "users:\n- name: a\n  user: {token: do-not-show");

        assertThatThrownBy(() -> inventory(Map.of()))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("is no YAML (line 3)")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("do-not-show"));
    }

    @Test
    void shouldKnowWhatIsAddedAndForgetWhatIsTakenOutWithoutARestart() throws IOException {
        KubeconfigInventory inventory = inventory(Map.of());
        String text = Files.readString(file);

        write(text.replace("- name: cluster2", "- name: cluster3"));
        assertThat(inventory.clusters())
                .extracting(KnownCluster::context)
                .contains("cluster1", "cluster3")
                .doesNotContain("cluster2");

        write(text.substring(0, 40) + "[");
        assertThat(inventory.clusters()).hasSize(3);

        write(text);
        assertThat(inventory.clusters())
                .extracting(KnownCluster::context)
                .contains("cluster1", "cluster2")
                .doesNotContain("cluster3");
    }

    @Test
    void shouldLeaveOutANamedClusterWhoseContextGoes() throws IOException {
        KubeconfigInventory inventory = inventory(
                Map.of("a", new Entry("cluster1", null, null, null), "b", new Entry("cluster2", null, null, null)));

        write(Files.readString(file).replace("- name: cluster2", "- name: other"));

        assertThat(inventory.clusters()).extracting(each -> each.name().value()).containsExactly("a");
    }

    @Test
    void shouldTakeEachFileOfAFolderByItself() throws IOException {
        Path folder = Files.createDirectory(file.resolveSibling("folder"));
        for (String name : List.of("east", "west")) {
            Files.writeString(folder.resolve(name), """
                    contexts: [{name: %1$s, context: {cluster: kubernetes, user: admin}}]
                    clusters: [{name: kubernetes, cluster: {server: "https://%1$s.example.org"}}]
                    users: [{name: admin, user: {token: t}}]
                    """.formatted(name));
        }
        KubeconfigInventory inventory =
                new KubeconfigInventory(new InventoryProperties(file, folder, Map.of()), Stream::of);

        assertThat(inventory
                        .find(new ClusterName("west"))
                        .orElseThrow()
                        .login()
                        .orElseThrow()
                        .server())
                .contains(URI.create("https://west.example.org"));
        Files.writeString(folder.resolve("north"), "contexts: [{name: north, context: {cluster: c, user: u}}]");
        assertThat(inventory.find(new ClusterName("north"))).isPresent();
        Files.delete(folder.resolve("north"));
        assertThat(inventory.find(new ClusterName("north"))).isEmpty();
    }

    private void write(String text) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1000));
    }

    private KubeconfigInventory inventory(Map<String, Entry> clusters) {
        Map<ClusterName, Entry> named = new HashMap<>();
        clusters.forEach((name, entry) -> named.put(new ClusterName(name), entry));
        return new KubeconfigInventory(new InventoryProperties(file, null, named), Stream::of);
    }

    private KnownCluster known(String name, String network, String context, Optional<URI> address) {
        return new KnownCluster(new ClusterName(name), new NetworkName(network), context, file, address);
    }
}
