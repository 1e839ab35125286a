package io.meshspan.remotesecret;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSecretsTest {

    private static final String BINDING = "istio-reader-service-account-bound-token";
    private static final String TOKEN_SECRET = "istio-reader-service-account-istio-remote-secret-token";

    private final ClusterInMemory one = new ClusterInMemory("cluster1").controlledBy(tokens("cluster1"));
    private final ClusterInMemory two = new ClusterInMemory("cluster2").controlledBy(tokens("cluster2"));

    @Test
    void shouldHoldTheOtherClustersAccessInTheFormThatIstiodReads() throws IOException {
        List<AppliedObject> applied = exchange(MESH, one, two);

        assertThat(applied)
                .extracting(a -> a.cluster() + " " + a.object())
                .containsExactly(
                        "cluster1 Secret istio-system/" + TOKEN_SECRET,
                        "cluster2 Secret istio-system/" + TOKEN_SECRET,
                        "cluster1 Secret istio-system/istio-remote-secret-cluster2",
                        "cluster2 Secret istio-system/istio-remote-secret-cluster1");
        Secret secret = remoteSecret(one, TWO);
        assertThat(secret.getMetadata().getLabels()).containsEntry("istio/multiCluster", "true");
        assertThat(secret.getMetadata().getAnnotations()).isEqualTo(Map.of("networking.istio.io/cluster", "cluster2"));
        assertThat(secret.getData()).containsOnlyKeys("cluster2");
        assertThat(new YAMLMapper().readTree(decoded(secret.getData().getOrDefault("cluster2", ""))))
                .isEqualTo(new YAMLMapper().readTree("""
                        apiVersion: v1
                        kind: Config
                        clusters:
                        - name: cluster2
                          cluster:
                            certificate-authority-data: %s
                            server: https://cluster2.example.org:6443
                        users:
                        - name: cluster2
                          user: {token: token-of-cluster2}
                        contexts:
                        - name: cluster2
                          context: {cluster: cluster2, user: cluster2}
                        current-context: cluster2
                        """.formatted(encoded("authority-of-cluster2"))));
    }

    @Test
    void shouldHandOnNothingButTheReadersToken() {
        exchange(MESH, one, two);

        String kubeconfig = decoded(remoteSecret(one, TWO).getData().getOrDefault("cluster2", ""));

        assertThat(kubeconfig)
                .doesNotContain("client-certificate", "client-key", "username", "password", "exec", "auth-provider");
    }

    @Test
    void shouldMakeTheTokenSecretAsIstioctlNamesIt() {
        exchange(MESH, one, two);

        Secret made = (Secret) one.objects().get(0);
        assertThat(made.getMetadata().getName()).isEqualTo(TOKEN_SECRET);
        assertThat(made.getMetadata().getAnnotations())
                .isEqualTo(Map.of("kubernetes.io/service-account.name", "istio-reader-service-account"));
        assertThat(made.getType()).isEqualTo("kubernetes.io/service-account-token");
    }

    @Test
    void shouldReadEachTokenOnceHoweverManyReadIt() {
        List<ClusterInMemory> clusters = IntStream.rangeClosed(1, 4)
                .mapToObj(n -> new ClusterInMemory("cluster" + n).controlledBy(tokens("cluster" + n)))
                .toList();
        Mesh mesh = new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse("1.30.3"),
                clusters.stream()
                        .map(c -> Member.primary(c.name(), new NetworkName("network1")))
                        .toList());

        List<AppliedObject> applied = exchange(mesh, clusters.toArray(ClusterInMemory[]::new));

        assertThat(applied).hasSize(4 + 12);
        assertThat(clusters)
                .as("once whether it is there, once filled in")
                .allSatisfy(c -> assertThat(c.reads()).hasSize(2).containsOnly("Secret istio-system/" + TOKEN_SECRET));
    }

    /** P primaries and R remotes: P(P+R-1) secrets, which is N(N-1) without remotes and N-1 with one primary. */
    @ParameterizedTest
    @CsvSource({"3, 0, 6", "1, 3, 3", "2, 3, 8"})
    void shouldGiveEachControlPlaneTheSecretsOfAllOtherClusters(int primaries, int remotes, int secrets) {
        List<ClusterInMemory> clusters = IntStream.rangeClosed(1, primaries + remotes)
                .mapToObj(n -> new ClusterInMemory("cluster" + n).controlledBy(tokens("cluster" + n)))
                .toList();
        NetworkName network = new NetworkName("network1");
        Mesh mesh = new Mesh(
                new MeshId("mesh1"),
                Topology.MIXED,
                IstioVersion.parse("1.30.3"),
                IntStream.range(0, clusters.size())
                        .mapToObj(n -> n < primaries
                                ? Member.primary(clusters.get(n).name(), network)
                                : Member.remote(clusters.get(n).name(), network, ONE))
                        .toList());

        List<AppliedObject> applied = exchange(mesh, clusters.toArray(ClusterInMemory[]::new));

        List<AppliedObject> held = applied.stream()
                .filter(each -> !each.object().name().equals(TOKEN_SECRET))
                .toList();
        assertThat(held).hasSize(secrets);
        assertThat(held)
                .extracting(AppliedObject::cluster)
                .hasSameElementsAs(
                        mesh.primaries().stream().map(Member::cluster).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:6443",
                "https://127.1.2.3:6443",
                "https://localhost:6443",
                "https://LOCALHOST:6443",
                "https://kind.localhost:6443",
                "https://[::1]:6443",
                "https://[0:0:0:0:0:0:0:1]:6443",
                "https://[::ffff:127.0.0.1]:6443",
                "https://[::]:6443",
                "https://0.0.0.0:6443"
            })
    void shouldRefuseAnAddressThatLeadsEveryClusterToItself(String address) {
        ClusterInMemory local = new ClusterInMemory("cluster2", address, false);

        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> exchange(MESH, one, local))
                .withMessageContaining("meshspan.inventory.clusters.cluster2.api-server")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ADDRESS_UNUSABLE));
        assertThat(one.objects()).isEmpty();
        assertThat(local.objects()).isEmpty();
    }

    @Test
    void shouldTakeALoopbackAddressThatTheInventoryNames() {
        ClusterInMemory local =
                new ClusterInMemory("cluster2", "https://127.0.0.1:6443", true).controlledBy(tokens("cluster2"));

        exchange(MESH, one, local);

        assertThat(decoded(remoteSecret(one, TWO).getData().getOrDefault("cluster2", "")))
                .contains("server: \"https://127.0.0.1:6443\"");
    }

    @Test
    void shouldTryAgainLaterWhenNoTokenIsFilledIn() {
        ClusterInMemory slow = new ClusterInMemory("cluster2");

        assertThatExceptionOfType(TransientException.class)
                .isThrownBy(() -> exchange(MESH, one, slow))
                .withMessageContaining("cluster2")
                .withMessageContaining(TOKEN_SECRET);
    }

    @Test
    void shouldShowNoTokenAsText() {
        one.apply(ReaderToken.desired(TOKEN_SECRET));

        assertThat(ReaderToken.present(one, TOKEN_SECRET).orElseThrow()).hasToString("reader token (not shown)");
    }

    @Test
    void shouldKnowARemoteSecretOnceItsTokenExists() {
        RemoteSecrets secrets = new RemoteSecrets(ClustersInMemory.of(one, new ClusterInMemory("cluster2")));
        one.apply(ReaderToken.desired(TOKEN_SECRET));

        assertThat(secrets.known(MESH))
                .hasEntrySatisfying(ONE, known -> assertThat(known.by(TWO)).isPresent())
                .hasEntrySatisfying(TWO, known -> assertThat(known.by(ONE)).isEmpty());
        assertThat(ObjectRef.of(secrets.withoutToken(MESH, TWO)))
                .hasToString("Secret istio-system/istio-remote-secret-cluster2");
    }

    @Test
    void shouldBindTokensToASecretThatEndsThemAndKeepThoseThatAreGood() {
        // given
        Mesh bound = MESH.with(TokenExpiration.of("12h"));
        AtomicInteger times = new AtomicInteger();
        UnaryOperator<HasMetadata> withUid = object -> {
            object.getMetadata().setUid(object.getMetadata().getName() + times);
            return object;
        };
        ClusterInMemory first = new ClusterInMemory("cluster1").controlledBy(withUid);
        ClusterInMemory second = new ClusterInMemory("cluster2").controlledBy(withUid);
        Stream.of(first, second).forEach(cluster -> cluster.apply(authority()));

        // when
        exchange(bound, first, second);

        // then
        Secret binding = second.find(Secret.class, "istio-system", BINDING).orElseThrow();
        assertThat(binding.getData())
                .as("the token is in no Secret of its cluster")
                .isNullOrEmpty();
        assertThat(binding.getType())
                .as("istioctl does not take it for one with a token")
                .isEqualTo("Opaque");
        Secret held = remoteSecret(first, TWO);
        Clusters both = ClustersInMemory.of(first, second);
        TokenLifetime lifetime = Objects.requireNonNull(new RemoteTokens(both, new RemoteSecrets(both))
                .lifetimes(bound, first)
                .get(TWO));
        assertThat(lifetime.duration()).isEqualTo(Duration.ofHours(12));
        assertThat(held.getMetadata().getAnnotations())
                .containsEntry("meshspan.io/token-expiration", lifetime.ends().toString());
        assertThat(decoded(held.getData().getOrDefault("cluster2", "")))
                .contains("certificate-authority-data: \"" + encoded("the API server's CA"));

        // when it is done again, nothing changes and no token is requested
        exchange(bound, first, second);
        assertThat(remoteSecret(first, TWO)).isEqualTo(held);
        assertThat(second.requestedTokens()).isEqualTo(1);

        // when a reader joins, it gets a token, and nobody else another one
        ClusterName three = new ClusterName("cluster3");
        ClusterInMemory third = new ClusterInMemory("cluster3").controlledBy(withUid);
        third.apply(authority());
        Mesh larger = new Mesh(
                        MESH.id(),
                        Topology.MIXED,
                        MESH.version(),
                        Stream.concat(
                                        MESH.members().stream(),
                                        Stream.of(Member.primary(three, new NetworkName("network3"))))
                                .toList())
                .with(TokenExpiration.of("12h"));
        exchange(larger, first, second, third);
        assertThat(remoteSecret(first, TWO)).isEqualTo(held);
        assertThat(remoteSecret(third, TWO).getData()).isNotEqualTo(held.getData());
        assertThat(second.requestedTokens()).isEqualTo(2);

        // when the Secret was replaced, its tokens are dead
        second.delete(binding);
        times.incrementAndGet();
        exchange(bound, first, second);
        assertThat(second.requestedTokens()).isEqualTo(3);
        assertThat(remoteSecret(first, TWO).getData()).isNotEqualTo(held.getData());
    }

    private static ConfigMap authority() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kube-root-ca.crt")
                .withNamespace("istio-system")
                .endMetadata()
                .addToData("ca.crt", "the API server's CA")
                .build();
    }

    private static List<AppliedObject> exchange(Mesh mesh, ClusterInMemory... clusters) {
        return new RemoteSecrets(ClustersInMemory.of(clusters)).exchange(mesh);
    }

    private static Secret remoteSecret(ClusterInMemory reader, ClusterName target) {
        return reader.find(Secret.class, "istio-system", "istio-remote-secret-" + target)
                .orElseThrow();
    }

    private static UnaryOperator<HasMetadata> tokens(String cluster) {
        return object -> ObjectRef.of(object).name().equals(TOKEN_SECRET)
                ? new SecretBuilder((Secret) object)
                        .addToData("token", encoded("token-of-" + cluster))
                        .addToData("ca.crt", encoded("authority-of-" + cluster))
                        .build()
                : object;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
