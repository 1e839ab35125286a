package io.meshspan.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.ValuesText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What istiod is told arrives where Istio's own charts put it. */
class ValuesOfChartsTest {

    private static final ClusterName ONE = new ClusterName("c1");
    private static final ClusterName TWO = new ClusterName("c2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autoscaleMin: 3 | HorizontalPodAutoscaler | minReplicas=3",
                "{autoscaleEnabled: false, replicaCount: 4} | Deployment | replicas=4",
                "resources: {limits: {memory: 4Gi}} | Deployment | memory=4Gi",
                "env: {PILOT_X: y} | Deployment | name=PILOT_X",
                "cni: {enabled: true} | ConfigMap istio-sidecar-injector | \"enabled\": true",
                "seccompProfile: {type: RuntimeDefault} | Deployment | seccompProfile={type=RuntimeDefault}",
                "nodeSelector: {pool: mesh} | Deployment | nodeSelector={pool=mesh}",
                "tolerations: [{key: a, operator: Exists}] | Deployment | {key=a, operator=Exists}",
                "meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}} | ConfigMap istio | mode: REGISTRY_ONLY",
                "meshConfig: {discoverySelectors: [{matchLabels: {mesh: member}}]} | ConfigMap istio | mesh: member",
                "global: {imagePullSecrets: [regcred]} | ConfigMap values | regcred",
                "global: {imagePullSecrets: [regcred]} | ServiceAccount istiod | regcred",
                "global: {proxy: {logLevel: debug}} | ConfigMap istio-sidecar-injector | \"logLevel\": \"debug\"",
                "global: {caAddress: 'csr:443'} | ConfigMap istio-sidecar-injector | \"caAddress\": \"csr:443\"",
                "global: {caAddress: 'csr:443'} | ConfigMap values | \"caAddress\": \"csr:443\"",
                "global: {platform: openshift} | ConfigMap values | \"platform\": \"openshift\"",
                "global: {priorityClassName: system-cluster-critical} | Deployment | =system-cluster-critical",
                "global: {variant: distroless} | Deployment | /pilot:1.30.3-distroless",
                "global: {hub: registry.corp.example/istio} | Deployment | registry.corp.example/istio/pilot:1.30.3"
            })
    void shouldGiveIstiodWhatItIsToldTo(String values, String object, String contained) {
        String cluster = "istiod: " + (values.startsWith("{") ? values : "{" + values + "}") + "\n";
        List<HasMetadata> objects = rendered("{istiod: {}}", "{istiod: {}}", cluster);

        assertThat(objects.stream()
                        .filter(o -> (o.getKind() + " " + o.getMetadata().getName()).startsWith(object))
                        .map(Object::toString))
                .anyMatch(text -> text.contains(contained));
    }

    /** Whatever somebody gave, for keys that are refused can come by no way. */
    @Test
    void shouldSetItselfWhatFollowsFromTheMesh() {
        Mesh mesh = mesh("{}", "istiod: {global: {proxy: {logLevel: info}}}");
        Primary primary = new Primary(
                SandboxCharts.istio(),
                SandboxCharts.company(values("istiod: {global: {network: other, meshID: other}, revision: other}")));

        HelmValues given =
                primary.part(mesh, mesh.member(ONE)).releases().get(1).values();

        assertThat(given.text("global", "network")).contains("n1");
        assertThat(given.text("global", "meshID")).contains("mesh1");
        assertThat(given.text("global", "proxy", "logLevel")).contains("info");
    }

    @Test
    void shouldGiveARemoteItsValues() {
        Mesh mesh = new Mesh(
                        new MeshId("mesh1"),
                        Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                        IstioVersion.parse("1.30.3"),
                        List.of(
                                Member.primary(ONE, new NetworkName("n1")),
                                Member.remote(TWO, new NetworkName("n2"), ONE)))
                .with(values("istiod: {global: {imagePullSecrets: [regcred]}}"), "");

        HelmValues given = new Remote(SandboxCharts.istio(), SandboxCharts.company(HelmValues.NONE))
                .part(mesh, mesh.member(TWO), Optional.of(DiscoveryAddress.at("192.0.2.1")))
                .releases()
                .get(1)
                .values();

        assertThat(given.at(List.of("global", "imagePullSecrets"))).contains(List.of("regcred"));
        assertThat(given.text("global", "remotePilotAddress")).contains("192.0.2.1");
    }

    private static List<HasMetadata> rendered(String company, String mesh, String cluster) {
        Mesh wanted = mesh(mesh, cluster);
        return new Primary(SandboxCharts.istio(), SandboxCharts.company(values(company)))
                .desired(wanted, wanted.member(ONE)).stream()
                        .filter(object -> !object.getKind().equals("CustomResourceDefinition"))
                        .filter(object -> !object.getMetadata().getName().contains("default-validator"))
                        .filter(object -> !object.getMetadata().getName().equals("istio-reader-service-account"))
                        .toList();
    }

    private static Mesh mesh(String mesh, String cluster) {
        return new Mesh(
                        new MeshId("mesh1"),
                        Topology.MULTI_PRIMARY_MULTI_NETWORK,
                        IstioVersion.parse("1.30.3"),
                        List.of(
                                Member.primary(ONE, new NetworkName("n1")).with(values(cluster), null),
                                Member.primary(TWO, new NetworkName("n2"))))
                .with(values(mesh), "");
    }

    private static HelmValues values(String yaml) {
        return ValuesText.read("test", yaml, null).values().values();
    }
}
