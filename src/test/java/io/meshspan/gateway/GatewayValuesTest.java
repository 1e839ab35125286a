package io.meshspan.gateway;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.Finding;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.ValuesText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With Istio's own chart. */
class GatewayValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service: {annotations: {scheme: internal}} | Service | annotations={scheme=internal}",
                "service: {type: NodePort} | Service | type=NodePort",
                "service: {loadBalancerClass: eks.amazonaws.com/nlb} | Service | loadBalancerClass=eks.amazonaws.com/nlb",
                "service: {loadBalancerIP: 192.0.2.9} | Service | loadBalancerIP=192.0.2.9",
                "service: {externalTrafficPolicy: Local} | Service | externalTrafficPolicy=Local",
                "service: {ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack} | Service | ipFamilies=[IPv6, IPv4]",
                "networkGatewayPorts: {tls: {port: 443}} | Service | port=443, targetPort=15443",
                "resources: {requests: {cpu: 2000m}} | Deployment | cpu=2000m",
                "autoscaling: {minReplicas: 3} | HorizontalPodAutoscaler | minReplicas=3",
                "autoscaling: {enabled: false}, replicaCount: 4 | Deployment | replicas=4",
                "nodeSelector: {pool: edge} | Deployment | nodeSelector={pool=edge}",
                "tolerations: [{operator: Exists}] | Deployment | tolerations=[{operator=Exists}]",
                "priorityClassName: system-cluster-critical | Deployment | priorityClassName=system-cluster-critical",
                "podDisruptionBudget: {minAvailable: 1}, autoscaling: {minReplicas: 2} | PodDisruptionBudget | minAvailable=1",
                "imagePullSecrets: [{name: regcred}] | Deployment | imagePullSecrets=[{name=regcred}]"
            })
    void shouldGiveAGatewayWhatItIsToldTo(String values, String kind, String contained) {
        List<HasMetadata> objects = desired("{" + values + "}", null, "");

        assertThat(objects.stream()
                        .filter(object -> object.getKind().equals(kind))
                        .map(Object::toString))
                .hasSize(1)
                .allMatch(text -> text.contains(contained));
    }

    @Test
    void shouldPutTheGatewayIntoItsOwnNamespace() {
        assertThat(desired("{}", null, "istio-gateways"))
                .hasSizeGreaterThan(5)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("istio-gateways"));
    }

    @Test
    void shouldMakeThatNamespaceWithTheLabelsThatPoliciesAskFor() {
        Mesh mesh = mesh("{}", null, "istio-gateways");
        HelmValues given = values("namespaces", "{gateway: {labels: {team: mesh}, annotations: {owner: x}}}")
                .below("namespaces");

        assertThat(GatewayNamespace.desired(mesh, mesh.member(ONE), given)).hasValueSatisfying(namespace -> {
            assertThat(namespace.getMetadata().getName()).isEqualTo("istio-gateways");
            assertThat(namespace.getMetadata().getLabels()).containsExactly(Map.entry("team", "mesh"));
            assertThat(namespace.getMetadata().getAnnotations()).containsExactly(Map.entry("owner", "x"));
        });
        assertThat(GatewayNamespace.desired(mesh("{}", null, ""), mesh.member(ONE), given))
                .isEmpty();
    }

    /** Istiod takes 15443 unless this label says otherwise; the chart does not write it. */
    @Test
    void shouldTellIstiodWhichPortItIs() {
        assertThat(labels(service("{networkGatewayPorts: {tls: {port: 443}}}", null)))
                .containsEntry("networking.istio.io/gatewayPort", "443")
                .containsEntry("topology.istio.io/network", "network1");
        assertThat(labels(service("{}", null))).doesNotContainKey("networking.istio.io/gatewayPort");
    }

    /** By the label istiod would take the Service's addresses besides, which nobody outside can reach. */
    @Test
    void shouldTellIstiodTheDeclaredAddressAndHideThoseOfTheService() {
        DeclaredGateway declared = new DeclaredGateway("198.51.100.7", 443);

        assertThat(labels(service("{}", declared))).doesNotContainKey("topology.istio.io/network");
        assertThat(SandboxCharts.company(HelmValues.NONE).declaredNetworks(mesh("{}", declared, "")))
                .isEqualTo(Map.of(
                        "network1", Map.of("gateways", List.of(Map.of("address", "198.51.100.7", "port", 443)))));
        assertThat(SandboxCharts.company(HelmValues.NONE)
                        .declaredNetworks(mesh(
                                "{networkGatewayPorts: {tls: {port: 8443}}}",
                                new DeclaredGateway("gw.example.org", null),
                                "")))
                .isEqualTo(Map.of(
                        "network1", Map.of("gateways", List.of(Map.of("address", "gw.example.org", "port", 8443)))));
    }

    @Test
    void shouldFixTheDeclaredNodePort() {
        assertThat(service("{service: {type: NodePort}}", new DeclaredGateway("10.0.0.9", 31443))
                        .toString())
                .contains("nodePort=31443");
        assertThat(service("{service: {type: NodePort}}", null).toString()).doesNotContain("nodePort=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service: {type: NodePort} | | service.type | gateway.address",
                "service: {type: ClusterIP} | | service.type | gateway.address",
                "service: {type: NodePort} | 10.0.0.9 | service.type | 30000",
                "networkGatewayPorts: {tls: {port: 15012}} | | networkGatewayPorts | each its own",
            })
    void shouldRefuseAGatewayThatNobodyCouldReach(String values, @Nullable String address, String key, String advice) {
        List<Finding> findings =
                reach(mesh("{" + values + "}", address == null ? null : new DeclaredGateway(address, null), ""));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.where()).isEqualTo("cluster1");
            assertThat(finding.what()).isEqualTo("values.eastWestGateway." + key);
            assertThat(finding.advice()).contains(advice);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{service: {type: ClusterIP, externalIPs: [192.0.2.1]}}",
                "{service: {type: NodePort, annotations: {traffic.istio.io/nodeSelector: \"{}\"}}}",
                "{networkGatewayPorts: {tls: {port: 443}}}"
            })
    void shouldTakeAGatewayThatOthersCanReach(String values) {
        assertThat(reach(mesh(values, null, ""))).isEmpty();
        assertThat(reach(mesh("{service: {type: NodePort}}", new DeclaredGateway("10.0.0.9", 31443), "")))
                .isEmpty();
    }

    @Test
    void shouldKeepThePortsAtWhichRemotesLookForIstiod() {
        Mesh mesh = new Mesh(
                        MESH.id(),
                        Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                        MESH.version(),
                        List.of(
                                Member.primary(ONE, new NetworkName("network1")),
                                Member.remote(TWO, new NetworkName("network2"), ONE)))
                .with(values("eastWestGateway", "{networkGatewayPorts: {tls-istiod: {port: 443}}}"), "");

        assertThat(reach(mesh))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected()).startsWith("15012"));
    }

    @Test
    void shouldRefusePortsThatTheChartOfAnOlderReleaseDoesNotTake() {
        Mesh old = new Mesh(
                        MESH.id(),
                        MESH.topology(),
                        IstioVersion.parse("1.29.6"),
                        mesh("{}", null, "").members())
                .with(values("eastWestGateway", "{networkGatewayPorts: {tls: {port: 443}}}"), "");

        assertThat(reach(old))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.advice()).contains("1.30"));
    }

    private static List<Finding> reach(Mesh mesh) {
        return new GatewayReach(SandboxCharts.company(HelmValues.NONE), new GatewayProperties(HostnameWay.RESOLVE))
                .check(mesh);
    }

    private static GenericKubernetesResource service(String values, @Nullable DeclaredGateway declared) {
        return (GenericKubernetesResource) desired(values, declared, "").stream()
                .filter(object -> object.getKind().equals("Service"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }

    private static List<HasMetadata> desired(String values, @Nullable DeclaredGateway declared, String namespace) {
        Mesh mesh = mesh(values, declared, namespace);
        return new EastWestGateway(
                        SandboxCharts.istio(),
                        SandboxCharts.company(HelmValues.NONE),
                        new GatewayProperties(HostnameWay.RESOLVE))
                .desired(mesh, mesh.member(ONE));
    }

    /** With these values for the first cluster. */
    private static Mesh mesh(String values, @Nullable DeclaredGateway declared, String namespace) {
        return new Mesh(
                        MESH.id(),
                        MESH.topology(),
                        MESH.version(),
                        List.of(
                                MESH.members().get(0).with(values("eastWestGateway", values), declared),
                                MESH.members().get(1)))
                .with(HelmValues.NONE, namespace);
    }

    private static HelmValues values(String part, String yaml) {
        return ValuesText.read("test", part + ": " + yaml, null).values().values();
    }
}
