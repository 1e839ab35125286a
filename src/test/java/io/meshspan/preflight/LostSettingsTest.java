package io.meshspan.preflight;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshspan.controlplane.ControlPlaneOfCharts;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.gateway.GatewaysOfCharts;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.meshfile.ValuesText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LostSettingsTest {

    private final ClusterInMemory cluster = new ClusterInMemory("cluster1");

    @Test
    void shouldBlockForEachSettingThatTheChangeWouldLose() throws IOException {
        tunedIstio();

        List<Finding> findings = CheckFindings.of(check(), MESH, cluster);

        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.advice()).contains("Values of the running mesh");
        });
        assertThat(findings)
                .extracting(Finding::what)
                .contains(
                        "values.istiod.meshConfig.outboundTrafficPolicy.mode",
                        "values.istiod.meshConfig.accessLogFile",
                        "values.istiod.meshConfig.extensionProviders",
                        "values.istiod.meshConfig.discoverySelectors",
                        "values.istiod.meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE",
                        "values.istiod.meshConfig.defaultProviders.tracing",
                        "values.istiod.global.caAddress",
                        "values.istiod.global.imagePullSecrets",
                        "values.istiod.global.hub",
                        "values.istiod.global.priorityClassName",
                        "values.istiod.cni.enabled",
                        "values.istiod.autoscaleMin",
                        "values.istiod.env.ENABLE_CA_SERVER",
                        "values.istiod.env.PILOT_ENABLE_AMBIENT",
                        "values.istiod.nodeSelector.pool",
                        "values.istiod.tolerations",
                        "values.istiod.resources.requests.cpu",
                        "values.istiod.resources.limits.memory")
                .doesNotHaveDuplicates()
                .noneMatch(what -> what.contains("meshID")
                        || what.contains("rootNamespace")
                        || what.contains("discoveryAddress")
                        || what.contains("trustDomain")
                        || what.contains("enablePrometheusMerge"));
    }

    /** The file that is offered is enough: nothing is lost when it is given. */
    @Test
    void shouldOfferAllOfThemAsValuesThatKeepThem() throws IOException {
        tunedIstio();
        HelmValues live =
                check().values(MESH, ClusterSnapshot.of(cluster, MESH.members().get(0)));

        Mesh carried = new Mesh(
                MESH.id(),
                MESH.topology(),
                MESH.version(),
                List.of(MESH.members().get(0).with(live, null), MESH.members().get(1)));

        assertThat(CheckFindings.of(check(), carried, cluster)).isEmpty();
        HelmValues again = new LostSettings(
                        ControlPlaneOfCharts.primary(layers()),
                        ControlPlaneOfCharts.remote(layers()),
                        GatewaysOfCharts.eastWest(layers()),
                        GatewaysOfCharts.ingress(layers()),
                        SandboxCharts.company(HelmValues.NONE))
                .values(carried, ClusterSnapshot.of(cluster, carried.members().get(0)));
        assertThat(again).isEqualTo(HelmValues.NONE);
        String mesh = ControlPlaneOfCharts.primary(layers())
                .desired(carried, carried.members().get(0))
                .toString();
        assertThat(mesh)
                .contains(
                        "REGISTRY_ONLY",
                        "registry.corp.example/istio/pilot:1.30.3",
                        "envoyExtAuthzGrpc",
                        "cert-manager-istio-csr");
    }

    /** The chart of gateways keeps its values nowhere in the cluster, so each object is compared. */
    @Test
    void shouldBlockForEachSettingOfAGateway() throws IOException {
        objects("tuned-gateway.yaml").forEach(cluster::apply);

        List<Finding> findings = CheckFindings.of(check(SandboxCharts.renderer()), MESH, cluster);

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.BLOCKING);
        assertThat(findings)
                .extracting(Finding::what)
                .map(what -> what.replace("values.eastWestGateway.", ""))
                .containsExactlyInAnyOrder(
                        "additionalContainers",
                        "annotations.contact",
                        "autoscaling.enabled",
                        "env.EXTRA",
                        "envVarFrom",
                        "initContainers",
                        "labels.team",
                        "networkGatewayPorts.tls.port",
                        "nodeSelector.node-role.kubernetes.io/edge",
                        "podAnnotations.vendor.example/agent",
                        "podDisruptionBudget.minAvailable",
                        "podDisruptionBudget.unhealthyPodEvictionPolicy",
                        "rbac.enabled",
                        "readinessProbe",
                        "replicaCount",
                        "resources.requests",
                        "securityContext",
                        "service.allocateLoadBalancerNodePorts",
                        "service.internalTrafficPolicy",
                        "service.ipFamilies",
                        "service.ipFamilyPolicy",
                        "serviceAccount.annotations.iam.gke.io/gcp-service-account",
                        "strategy",
                        "terminationGracePeriodSeconds",
                        "volumeMounts",
                        "volumes");
        assertThat(findings.toString()).doesNotContain("hunter22");
    }

    /** A company's file is installed, its values are forgotten, and those of the running mesh make the same pods. */
    @ParameterizedTest
    @MethodSource("io.meshspan.controlplane.HelmTemplateTest#companies")
    void shouldOfferValuesThatMakeTheSamePods(String company) throws IOException {
        SandboxCharts.ofIstio();
        String text = Files.readString(Path.of("src/test/resources/field/values", company));
        Assumptions.assumeFalse(text.startsWith("company:"), "it has layers");
        Mesh plain = MESH.with(HelmValues.NONE, "istio-gateways");
        List<HasMetadata> installed = rendered(plain.with(values(text), "istio-gateways"));
        installed.forEach(object -> {
            HasMetadata live = new KubernetesSerialization().unmarshal(new KubernetesSerialization().asJson(object));
            if (live.getMetadata().getLabels() != null) {
                live.getMetadata()
                        .getLabels()
                        .keySet()
                        .removeAll(new ApplySet(MESH.id()).membership().keySet());
            }
            cluster.apply(live);
        });

        HelmValues offered = check().values(
                        plain, ClusterSnapshot.of(cluster, plain.members().get(0)));

        Mesh carried = plain.with(values("base: {}\n" + offered.text()), "istio-gateways");
        assertThat(CheckFindings.of(check(), carried, cluster)).isEmpty();
        assertThat(pods(rendered(carried))).isEqualTo(pods(installed));
    }

    private static HelmValues values(String text) {
        return ValuesText.read("test", text, null).values().values();
    }

    private static List<HasMetadata> rendered(Mesh mesh) {
        Member member = mesh.members().get(0);
        return Stream.of(
                        ControlPlaneOfCharts.primary(layers()).desired(mesh, member),
                        GatewaysOfCharts.eastWest(layers()).desired(mesh, member),
                        GatewaysOfCharts.ingress(layers()).desired(mesh, member))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    private static Map<String, Object> pods(List<HasMetadata> objects) {
        Map<String, Object> pods = new TreeMap<>();
        objects.stream()
                .filter(object -> Set.of("Deployment", "PodDisruptionBudget", "HorizontalPodAutoscaler")
                        .contains(object.getKind()))
                .forEach(object ->
                        pods.put(object.getKind() + " " + object.getMetadata().getName(), ObjectFields.spec(object)));
        return pods;
    }

    @Test
    void shouldTakeAnotherValueForAKeyAsMeant() throws IOException {
        tunedIstio();
        Mesh meant = MESH.with(
                HelmValues.read("istiod: {meshConfig: {outboundTrafficPolicy: null, accessLogFile: /dev/null}}"), "");

        assertThat(CheckFindings.of(check(), meant, cluster))
                .extracting(Finding::what)
                .noneMatch(what -> what.contains("outboundTrafficPolicy") || what.contains("accessLogFile"));
    }

    /** What is Meshspan's changes as somebody asks for it, and the plan shows that. */
    @Test
    void shouldSayNothingOfWhatMeshspanInstalled() throws IOException {
        tunedIstio();
        ClusterInMemory own = new ClusterInMemory("cluster1");
        objects().forEach(object -> {
            new ApplySet(MESH.id()).membership().forEach((key, value) -> {
                if (object.getMetadata().getLabels() != null) {
                    object.getMetadata().getLabels().put(key, value);
                }
            });
            own.apply(object);
        });

        assertThat(CheckFindings.of(check(), MESH, own)).isEmpty();
    }

    @Test
    void shouldSayNothingOfAFreshCluster() {
        assertThat(CheckFindings.of(check(), MESH, cluster)).isEmpty();
    }

    /** With no tool behind it, somebody may have laid it down for the gateway to come: it stays, and is said. */
    @Test
    void shouldWarnOfAServiceThatWasLaidDownBeforehand() {
        cluster.apply(service(Map.of()));

        List<Finding> findings = CheckFindings.of(check(), MESH, cluster);

        assertThat(findings)
                .extracting(Finding::what)
                .contains(
                        "values.eastWestGateway.service.annotations.aws-scheme",
                        "values.eastWestGateway.service.loadBalancerClass",
                        "values.eastWestGateway.service.externalTrafficPolicy");
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
    }

    @Test
    void shouldBlockWhereThatServiceIsOfAHelmRelease() {
        cluster.apply(service(Map.of("meta.helm.sh/release-name", "istio-eastwestgateway")));

        assertThat(CheckFindings.of(check(), MESH, cluster))
                .hasSize(3)
                .extracting(Finding::severity)
                .containsOnly(Severity.BLOCKING);
    }

    @Test
    void shouldWriteWhatClustersHaveAlikeOnce() {
        String file = LiveValues.text(
                new TreeMap<>(Map.of(
                        "c1", HelmValues.read("istiod: {autoscaleMin: 3, nodeSelector: {pool: mesh}}"),
                        "c2", HelmValues.read("istiod: {autoscaleMin: 3, nodeSelector: {pool: other}}"))),
                new TreeMap<>(Map.of("c3", "no answer")));

        assertThat(file).endsWith("""
                # c3 could not be read: no answer
                clusters:
                - name: c1
                  values:
                    istiod:
                      nodeSelector:
                        pool: mesh
                - name: c2
                  values:
                    istiod:
                      nodeSelector:
                        pool: other
                values:
                  istiod:
                    autoscaleMin: 3
                """);
    }

    @Test
    void shouldNeitherShowNorCarryACredential() {
        cluster.apply(new ServiceBuilder(service(Map.of("my-token", "hunter22"))).build());

        assertThat(CheckFindings.of(check(), MESH, cluster).toString())
                .contains("my-token")
                .doesNotContain("hunter22");
        assertThat(check().values(
                                MESH, ClusterSnapshot.of(cluster, MESH.members().get(0)))
                        .text())
                .doesNotContain("hunter22");
    }

    private void tunedIstio() throws IOException {
        objects().forEach(cluster::apply);
    }

    private static List<HasMetadata> objects() throws IOException {
        return objects("tuned-istio.yaml");
    }

    private static List<HasMetadata> objects(String file) throws IOException {
        return Stream.of(Files.readString(Path.of("src/test/resources/field", file))
                        .split("(?m)^---\n", -1))
                .map(document -> new KubernetesSerialization().<HasMetadata>unmarshal(document))
                .toList();
    }

    private static Service service(Map<String, String> annotations) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("istio-eastwestgateway")
                .withNamespace("istio-system")
                .addToAnnotations("aws-scheme", "internal")
                .addToAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withLoadBalancerClass("eks.amazonaws.com/nlb")
                .withExternalTrafficPolicy("Local")
                .endSpec()
                .build();
    }

    private static ValuesLayers layers() {
        return SandboxCharts.company(HelmValues.NONE);
    }

    private static LostSettings check() {
        return check(SandboxCharts.istio());
    }

    private static LostSettings check(Renderer charts) {
        return new LostSettings(
                ControlPlaneOfCharts.primary(charts, layers()),
                ControlPlaneOfCharts.remote(charts, layers()),
                GatewaysOfCharts.eastWest(charts, layers()),
                GatewaysOfCharts.ingress(charts, layers()),
                layers());
    }
}
