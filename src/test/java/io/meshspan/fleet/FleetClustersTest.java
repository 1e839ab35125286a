package io.meshspan.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.schedule.PeriodicTasks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetClustersTest {

    private static final ClusterName HUB = new ClusterName("hub");

    private final Cluster hub = mock(Cluster.class);
    private final Clusters clusters = mock(Clusters.class);
    private final FleetClusters fleet = new FleetClusters(
            new FleetProperties(
                    HUB,
                    Set.of(FleetProperties.Kind.values()),
                    Duration.ofSeconds(30),
                    Set.of("argocd-k8s-auth"),
                    Map.of(
                            "gke",
                            new FleetProperties.Provider("gke-gcloud-auth-plugin", List.of("--x"), Map.of("A", "b")))),
            clusters,
            new PeriodicTasks());

    FleetClustersTest() {
        when(clusters.get(HUB)).thenReturn(hub);
    }

    @Test
    void shouldKnowTheClustersOfArgoCd() {
        argoCd("prod", """
                {"bearerToken": "not-to-be-shown", "proxyUrl": "http://proxy:3128",
                 "tlsClientConfig": {"serverName": "kube.example.org", "caData": "Y2E="}}""");

        KnownCluster known = only();

        ContextLogin login = known.login().orElseThrow();
        assertThat(known.name()).hasToString("prod");
        assertThat(known.network()).hasToString("VPC_eu.prod");
        assertThat(known.istioName()).hasToString("gke_acme_prod");
        assertThat(login.server()).contains(URI.create("https://prod.example.org"));
        assertThat(login.tlsServerName()).contains("kube.example.org");
        assertThat(login.cluster().getProxyUrl()).isEqualTo("http://proxy:3128");
        assertThat(login.user().getToken()).isEqualTo("not-to-be-shown");
        assertThat(known.toString()).doesNotContain("not-to-be-shown");
    }

    @Test
    void shouldRunOnlyTheCommandsThatTheSettingsName() {
        argoCd(
                "prod",
                "{\"execProviderConfig\": {\"command\": \"argocd-k8s-auth\", \"args\": [\"gcp\"], \"env\": {\"A\": \"b\"},"
                        + " \"apiVersion\": \"client.authentication.k8s.io/v1beta1\"}}");

        ContextLogin login = only().login().orElseThrow();
        assertThat(login.method()).isEqualTo(ContextLogin.Method.PLUGIN);
        assertThat(login.user().getExec().getArgs()).containsExactly("gcp");
        assertThat(login.user().getExec().getEnv())
                .extracting(each -> each.getName() + each.getValue())
                .containsExactly("Ab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"awsAuthConfig\": {\"clusterName\": \"x\"}} | awsAuthConfig",
                "{\"execProviderConfig\": {\"command\": \"sh\"}} | meshspan.fleet.commands",
                "not-to-be-shown: [ | no JSON"
            })
    void shouldRefuseByNameWhatItCannotOrMustNotUse(String config, String why) {
        argoCd("prod", config);

        KnownCluster known = only();
        assertThat(known.login()).isEmpty();
        assertThat(known.kubeconfig().refused().orElseThrow()).contains(why).doesNotContain("not-to-be-shown");
    }

    @Test
    void shouldKnowTheClustersOfClusterApi() {
        clusterApi("{token: t}");
        KnownCluster known = only();
        assertThat(known.name()).hasToString("shop");
        assertThat(known.login().orElseThrow().user().getToken()).isEqualTo("t");
    }

    @Test
    void shouldTellOfAClusterWhoseKubeconfigIsNotThereYet() {
        clusterApi("{token: t}");
        when(hub.find(Secret.class, "fleet", "shop-kubeconfig")).thenReturn(Optional.empty());
        fleet.ask();

        assertThat(fleet.clusters()).isEmpty();
        assertThat(fleet.leftOut())
                .singleElement()
                .hasToString("shop in Secret fleet/shop-kubeconfig: there is no kubeconfig yet");
    }

    @ParameterizedTest
    @CsvSource({
        "exec: {command: sh}, exec",
        "tokenFile: /etc/passwd, tokenFile",
        "client-key: /k, client-key",
        "<<: {exec: {command: sh}}, exec"
    })
    void shouldNeverUseFilesOrCommandsOfThisMachineForASecret(String user, String named) {
        clusterApi("{" + user + "}");
        assertThat(only().login()).isEmpty();
        assertThat(only().kubeconfig().refused().orElseThrow()).startsWith(named);
    }

    @Test
    void shouldLogInToAClusterProfileByThePluginOfTheSettings() {
        ObjectRef object = new ObjectRef("multicluster.x-k8s.io/v1alpha1", "ClusterProfile", "fleet", "west");
        when(hub.serves("multicluster.x-k8s.io/v1alpha1", "ClusterProfile")).thenReturn(true);
        when(hub.found(eq("multicluster.x-k8s.io/v1alpha1"), eq("ClusterProfile"), any()))
                .thenReturn(List.of(new FoundObject(object, Map.of(), Map.of(), List.of(), false, false)));
        GenericKubernetesResource profile = new GenericKubernetesResource();
        profile.setMetadata(
                new ObjectMetaBuilder().withName("west").withNamespace("fleet").build());
        profile.setAdditionalProperty(
                "status",
                Map.of(
                        "credentialProviders",
                        List.of(
                                Map.of("name", "other"),
                                Map.of("name", "gke", "cluster", Map.of("server", "https://west.example.org")))));
        when(hub.live(object)).thenReturn(Optional.of(profile));

        ContextLogin login = only().login().orElseThrow();

        assertThat(login.server()).contains(URI.create("https://west.example.org"));
        assertThat(login.user().getExec().getCommand()).isEqualTo("gke-gcloud-auth-plugin");
        assertThat(login.user().getExec().getProvideClusterInfo()).isTrue();
    }

    @Test
    void shouldKeepTheClustersWhileTheManagingOneDoesNotAnswerAndForgetWhatIsGone() {
        argoCd("prod", "{\"bearerToken\": \"t\"}");
        assertThat(only().name()).hasToString("prod");

        when(hub.list(eq(Secret.class), any(), any())).thenThrow(new TransientException("no answer"));
        fleet.ask();
        assertThat(fleet.clusters()).hasSize(1);

        org.mockito.Mockito.reset(hub);
        fleet.ask();
        assertThat(fleet.clusters()).isEmpty();
    }

    /** Argo CD's own default, and what clouds and people write. */
    @ParameterizedTest
    @CsvSource({
        "https://kubernetes.default.svc, https-kubernetes-default-svc",
        "prod_EU.1, prod-eu-1",
        "GKE acme/europe, gke-acme-europe",
        "arn:aws:eks/prod, arn-aws-eks-prod",
        "-edge-, edge"
    })
    void shouldMakeADnsLabelOfAName(String name, String label) {
        argoCd(name, "{\"bearerToken\": \"t\"}");

        assertThat(only().name()).hasToString(label);
        assertThat(only().givenName()).contains(name);
    }

    @Test
    void shouldTellOfANameThatGivesNoDnsLabel() {
        argoCd("___", "{}");
        fleet.ask();
        assertThat(fleet.clusters()).isEmpty();
        assertThat(fleet.leftOut())
                .singleElement()
                .hasToString(
                        "___ in Secret argocd/cluster-1: its name '___' has no letter and no digit of a DNS label");
    }

    private KnownCluster only() {
        fleet.ask();
        assertThat(fleet.clusters()).hasSize(1);
        return fleet.clusters().get(0);
    }

    private void argoCd(String name, String config) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName("cluster-1")
                .withNamespace("argocd")
                .addToLabels("topology.istio.io/network", "VPC_eu.prod")
                .addToAnnotations("networking.istio.io/cluster", "gke_acme_prod")
                .endMetadata()
                .addToData("name", base64(name))
                .addToData("server", base64("https://prod.example.org"))
                .addToData("config", base64(config))
                .build();
        when(hub.list(Secret.class, null, Map.of("argocd.argoproj.io/secret-type", "cluster")))
                .thenReturn(List.of(secret));
    }

    private void clusterApi(String user) {
        ObjectRef object = new ObjectRef("cluster.x-k8s.io/v1beta1", "Cluster", "fleet", "shop");
        when(hub.serves("cluster.x-k8s.io/v1beta1", "Cluster")).thenReturn(true);
        when(hub.found(eq("cluster.x-k8s.io/v1beta1"), eq("Cluster"), any()))
                .thenReturn(List.of(new FoundObject(object, Map.of(), Map.of(), List.of(), false, false)));
        when(hub.find(Secret.class, "fleet", "shop-kubeconfig"))
                .thenReturn(Optional.of(new SecretBuilder()
                        .withNewMetadata()
                        .withName("shop-kubeconfig")
                        .withNamespace("fleet")
                        .endMetadata()
                        .addToData("value", base64("""
                                current-context: admin@shop
                                contexts: [{name: admin@shop, context: {cluster: shop, user: admin}}]
                                clusters: [{name: shop, cluster: {server: "https://shop.example.org"}}]
                                users: [{name: admin, user: %s}]
                                """.formatted(user)))
                        .build()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
