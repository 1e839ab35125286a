package io.meshspan.controlplane;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.gateway.ExposedIstiod;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a revision and the default tag change of a control plane. */
class RevisionTest {

    private static final ProfileExtras TAGGED = new ProfileExtras(false, true);

    private final Renderer renderer = SandboxCharts.renderer();
    private final ValuesLayers layers = SandboxCharts.images(null, null);

    @Test
    void shouldNameEveryObjectOfTheControlPlane() {
        assertThat(names(primary(mesh("1-30", ProfileExtras.NONE))))
                .contains(
                        "Deployment istiod-1-30",
                        "Service istiod-1-30",
                        "ConfigMap istio-1-30",
                        "ConfigMap istio-sidecar-injector-1-30",
                        "MutatingWebhookConfiguration istio-sidecar-injector-1-30",
                        "ValidatingWebhookConfiguration istio-validator-1-30-istio-system")
                .doesNotContain(
                        "MutatingWebhookConfiguration istio-sidecar-injector",
                        "ValidatingWebhookConfiguration istiod-default-validator");
    }

    @Test
    void shouldAnswerForTheDefaultWhereTaggedSo() {
        Mesh mesh = mesh("1-30", TAGGED);

        assertThat(names(primary(mesh)))
                .contains(
                        "MutatingWebhookConfiguration istio-revision-tag-default",
                        "Service istiod-revision-tag-default",
                        "ValidatingWebhookConfiguration istiod-default-validator");
        assertThat(part(mesh).releases().get(0).values()).isEqualTo(new HelmValues(Map.of("defaultRevision", "1-30")));
        assertThat(String.valueOf(find(primary(mesh), "istio-sidecar-injector-1-30")))
                .doesNotContain("never-match");
    }

    @Test
    void shouldLeaveInjectionToTheTagWhereTheControlPlaneHasNoName() {
        List<HasMetadata> objects = primary(mesh("", TAGGED));

        assertThat(String.valueOf(find(objects, "istio-sidecar-injector"))).contains("never-match");
        assertThat(String.valueOf(find(objects, "istio-revision-tag-default"))).doesNotContain("never-match");
        assertThat(String.valueOf(find(primary(mesh("", ProfileExtras.NONE)), "istio-sidecar-injector")))
                .as("what was rendered before is not touched")
                .doesNotContain("never-match");
    }

    @Test
    void shouldWriteTheRevisionIntoTheOperatorsFile() {
        assertThat(SandboxCharts.operatorFile(part(mesh("1-30", TAGGED)))).isEqualTo("""
                apiVersion: install.istio.io/v1alpha1
                kind: IstioOperator
                spec:
                  profile: minimal
                  revision: 1-30
                  tag: 1.30.3
                  values:
                    defaultRevision: 1-30
                    global:
                      meshID: mesh1
                      multiCluster:
                        clusterName: cluster1
                      network: network1
                    revisionTags:
                    - default
                """);
    }

    @Test
    void shouldLeadARemoteToTheIstiodOfTheRevision() {
        Mesh mesh = primaryRemote("1-30");
        Remote remote = new Remote(renderer, layers);
        Optional<DiscoveryAddress> address = Optional.of(DiscoveryAddress.at("192.0.2.7"));

        assertThat(names(remote.desired(mesh, mesh.member(TWO), address)))
                .contains("Service istiod-1-30", "EndpointSlice istiod-1-30");
        assertThat(SandboxCharts.operatorFile(remote.part(mesh, mesh.member(TWO), address)))
                .isEqualTo("""
                        apiVersion: install.istio.io/v1alpha1
                        kind: IstioOperator
                        spec:
                          profile: remote
                          revision: 1-30
                          tag: 1.30.3
                          values:
                            defaultRevision: ""
                            global:
                              configCluster: true
                              meshID: mesh1
                              multiCluster:
                                clusterName: cluster2
                              network: network2
                              remotePilotAddress: 192.0.2.7
                            istiodRemote:
                              injectionPath: /inject/cluster/cluster2/net/network2
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "lb.example.org"})
    void shouldReachTheNewIstiodOfAnUpgradeByTheNameThatTheGatewayRoutes(String address) {
        Mesh mesh = primaryRemote("1-30").upgrading(primaryRemote(""));
        List<HasMetadata> remote =
                new Remote(renderer, layers).desired(mesh, mesh.member(TWO), Optional.of(DiscoveryAddress.at(address)));

        KubernetesSerialization yaml = new KubernetesSerialization();
        String injector = yaml.asYaml(find(remote, "istio-sidecar-injector-1-30"));
        assertThat(injector).contains("service:\n      name: \"istiod-1-30\"").doesNotContain("url:");
        boolean name = address.equals("lb.example.org");
        assertThat(remote.stream()
                        .filter(object -> object.getKind().equals("Service"))
                        .map(yaml::asYaml)
                        .filter(service -> service.contains("externalName: \"lb.example.org\"")))
                .hasSize(name ? 1 : 0);
        assertThat(names(remote).contains("EndpointSlice istiod-1-30")).isNotEqualTo(name);
        assertThat(yaml.asYaml(find(ExposedIstiod.desired(mesh), "istiod-vs-1-30")))
                .contains("istiod-1-30.istio-system.svc")
                .doesNotContain(address);
        assertThat(names(remote)).noneMatch(object -> object.endsWith(" istiod"));
    }

    @Test
    void shouldCallTheInjectionWebhookByTheHostsUrlWhereAsked() {
        Mesh mesh = primaryRemote("");
        DiscoveryAddress byUrl = new DiscoveryAddress("lb.example.org", Optional.of("lb.example.org"));

        assertThat(new Remote(renderer, layers)
                        .part(mesh, mesh.member(TWO), Optional.of(byUrl))
                        .releases()
                        .get(1)
                        .values()
                        .tree())
                .containsEntry(
                        "istiodRemote",
                        Map.of("injectionURL", "https://lb.example.org:15017/inject/cluster/cluster2/net/network2"));
    }

    @Test
    void shouldExposeIstiodInItsRevisionsForm() {
        HasMetadata routes = find(ExposedIstiod.desired(primaryRemote("1-30")), "istiod-vs-1-30");

        assertThat(new KubernetesSerialization()
                        .asYaml(((io.fabric8.kubernetes.api.model.GenericKubernetesResource) routes)
                                .<Object>get("spec", "tls")))
                .isEqualToIgnoringNewLines("""
                        ---
                        - match:
                          - port: 15012
                            sniHosts:
                            - "istiod-1-30.istio-system.svc"
                            - "istiod-1-30.istio-system.svc.cluster.local"
                          route:
                          - destination:
                              host: "istiod-1-30.istio-system.svc.cluster.local"
                              port:
                                number: 15012
                        - match:
                          - port: 15017
                            sniHosts:
                            - "istiod-1-30.istio-system.svc"
                            - "istiod-1-30.istio-system.svc.cluster.local"
                          route:
                          - destination:
                              host: "istiod-1-30.istio-system.svc.cluster.local"
                              port:
                                number: 443
                        """);
    }

    @Test
    void shouldBeServedWhenTheWebhooksOfRevisionAndTagCanBeTrusted() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1");
        cluster.apply(injector("istio-sidecar-injector"));
        cluster.apply(injector("istio-revision-tag-default"));
        assertThat(InjectionWebhook.works(mesh("1-30", TAGGED), cluster)).isNotDone();

        cluster.apply(injector("istio-sidecar-injector-1-30"));
        assertThat(InjectionWebhook.works(mesh("1-30", TAGGED), cluster)).isCompleted();
        assertThat(InjectionWebhook.works(mesh("other", TAGGED), cluster)).isNotDone();
    }

    private static HasMetadata injector(String name) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewWebhook()
                .withNewClientConfig()
                .withCaBundle("aXN0aW9k")
                .endClientConfig()
                .endWebhook()
                .build();
    }

    private List<HasMetadata> primary(Mesh mesh) {
        return new Primary(renderer, layers).desired(mesh, mesh.member(ONE));
    }

    private ManifestPart part(Mesh mesh) {
        return new Primary(renderer, layers).part(mesh, mesh.member(ONE));
    }

    private static HasMetadata find(List<HasMetadata> objects, String name) {
        return objects.stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .filter(object -> !object.getKind().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    private static Mesh mesh(String revision, ProfileExtras extras) {
        return new Mesh(
                MESH.id(),
                MESH.topology(),
                MESH.version(),
                ImageSource.CONFIGURED,
                new Revision(revision),
                extras,
                MESH.members());
    }

    private static Mesh primaryRemote(String revision) {
        return new Mesh(
                MESH.id(),
                Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                MESH.version(),
                ImageSource.CONFIGURED,
                new Revision(revision),
                ProfileExtras.NONE,
                List.of(
                        Member.primary(ONE, new NetworkName("network1")),
                        Member.remote(TWO, new NetworkName("network2"), ONE)));
    }
}
