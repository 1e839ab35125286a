package io.meshspan.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.gateway.GatewaysOfCharts;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.TwoPrimaries;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.meshfile.ValuesText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that people ask for in public reports: none is refused, Helm gets each, and istioctl gets it or it is refused. */
class NamedSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service.annotations | {scheme: internal} | yes",
                "service.type | NodePort | yes",
                "service.loadBalancerClass | eks.amazonaws.com/nlb | yes",
                "service.loadBalancerIP | 192.0.2.9 | yes",
                "service.loadBalancerSourceRanges | [10.0.0.0/8] | yes",
                "service.externalTrafficPolicy | Local | yes",
                "service.internalTrafficPolicy | Local | yes",
                "service.externalIPs | [192.0.2.1] | yes",
                "service.ipFamilies | [IPv6, IPv4] | yes",
                "service.ipFamilyPolicy | RequireDualStack | yes",
                "service.allocateLoadBalancerNodePorts | false | yes",
                "service.healthCheckNodePort | 31000 | no",
                "networkGatewayPorts.tls.port | 443 | yes",
                "networkGatewayPorts.status-port.port | 16021 | yes",
                "resources | {requests: {cpu: '2'}} | yes",
                "autoscaling.enabled | false | yes",
                "autoscaling.minReplicas | 3 | yes",
                "autoscaling.maxReplicas | 9 | yes",
                "autoscaling.targetCPUUtilizationPercentage | 60 | yes",
                "autoscaling.targetMemoryUtilizationPercentage | 60 | no",
                "autoscaling.autoscaleBehavior | {scaleDown: {stabilizationWindowSeconds: 60}} | no",
                "replicaCount | 4 | yes",
                "nodeSelector | {pool: edge} | yes",
                "tolerations | [{operator: Exists}] | yes",
                "affinity | {nodeAffinity: {}} | yes",
                "topologySpreadConstraints | [{maxSkew: 1}] | no",
                "priorityClassName | high | yes",
                "podDisruptionBudget | {minAvailable: 1} | yes",
                "imagePullSecrets | [{name: regcred}] | yes",
                "podAnnotations | {owner: x} | yes",
                "securityContext | {runAsUser: 1} | yes",
                "containerSecurityContext | {privileged: false} | no",
                "terminationGracePeriodSeconds | 5 | no",
                "env | {A: b} | yes",
                "labels | {team: mesh} | yes",
                "serviceAccount | {name: x} | no",
            })
    void shouldGiveAGatewayWhatItIsToldTo(String key, String value, String expressible) {
        shouldArrive(ValuesPart.EAST_WEST_GATEWAY, key, value, expressible.equals("yes"));
        if (!key.startsWith("networkGatewayPorts")) {
            shouldArrive(ValuesPart.INGRESS_GATEWAY, key, value, expressible.equals("yes"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ISTIOD | meshConfig.accessLogFile | /dev/stdout | yes",
                "ISTIOD | meshConfig.outboundTrafficPolicy.mode | REGISTRY_ONLY | yes",
                "ISTIOD | meshConfig.extensionProviders | [{name: otel}] | yes",
                "ISTIOD | meshConfig.discoverySelectors | [{matchLabels: {mesh: member}}] | yes",
                "ISTIOD | meshConfig.defaultConfig.proxyMetadata | {ISTIO_META_DNS_CAPTURE: 'true'} | yes",
                "ISTIOD | meshConfig.trustDomain | corp.example | yes",
                "ISTIOD | resources | {limits: {memory: 4Gi}} | yes",
                "ISTIOD | replicaCount | 4 | yes",
                "ISTIOD | autoscaleEnabled | false | yes",
                "ISTIOD | autoscaleMin | 2 | yes",
                "ISTIOD | autoscaleMax | 9 | yes",
                "ISTIOD | autoscaleBehavior | {scaleDown: {stabilizationWindowSeconds: 60}} | yes",
                "ISTIOD | env.PILOT_X | 'y' | yes",
                "ISTIOD | cni.enabled | true | no",
                "ISTIOD | pdb.minAvailable | 2 | no",
                "ISTIOD | seccompProfile | {type: RuntimeDefault} | yes",
                "ISTIOD | nodeSelector | {pool: mesh} | yes",
                "ISTIOD | tolerations | [{operator: Exists}] | yes",
                "ISTIOD | affinity | {nodeAffinity: {}} | yes",
                "ISTIOD | pilot.autoscaleMin | 2 | yes",
                "ISTIOD | global.imagePullSecrets | [regcred] | yes",
                "ISTIOD | global.proxy.resources | {requests: {cpu: 200m}} | yes",
                "ISTIOD | global.proxy.logLevel | debug | yes",
                "ISTIOD | global.caAddress | csr:443 | yes",
                "ISTIOD | global.platform | openshift | yes",
                "ISTIOD | platform | gke | yes",
                "ISTIOD | global.priorityClassName | system-cluster-critical | yes",
                "ISTIOD | global.variant | distroless | yes",
                "ISTIOD | global.hub | registry.corp.example/istio | yes",
                "ISTIOD | sidecarInjectorWebhook.rewriteAppHTTPProbe | false | yes",
                "BASE | base.excludedCRDs | [x.istio.io] | yes",
                "BASE | base.enableIstioConfigCRDs | false | yes",
                "BASE | global.imagePullSecrets | [regcred] | no",
            })
    void shouldArrive(ValuesPart part, String key, String value, String expressible) {
        shouldArrive(part, key, value, expressible.equals("yes"));
    }

    private static void shouldArrive(ValuesPart part, String key, String value, boolean expressible) {
        String yaml = "%s: {%s: %s}".formatted(part.key(), key.replace(".", ": {"), value)
                + "}".repeat(key.length() - key.replace(".", "").length());
        ValuesText given = ValuesText.read("test", yaml, null);
        HelmValues values = given.values().values();
        List<String> path = List.of(key.split("\\.", -1));

        assertThat(given.findings()).isEmpty();
        assertThat(part(part, values)
                        .releases()
                        .get(part == ValuesPart.ISTIOD ? 1 : 0)
                        .values()
                        .at(path))
                .as("what Helm gets")
                .isEqualTo(values.part(part).at(path))
                .isPresent();
        boolean refused = !SandboxCharts.inexpressible(part, values.part(part)).isEmpty();
        boolean changed = !part(part, values)
                .operator()
                .equals(part(part, HelmValues.NONE).operator());
        assertThat(refused).as("refused with istioctl").isEqualTo(!expressible);
        assertThat(changed || refused)
                .as("given to istioctl, or refused: never dropped")
                .isTrue();
    }

    private static ManifestPart part(ValuesPart part, HelmValues values) {
        Mesh mesh = new Mesh(
                        TwoPrimaries.MESH.id(),
                        TwoPrimaries.MESH.topology(),
                        TwoPrimaries.MESH.version(),
                        ImageSource.CONFIGURED,
                        Revision.NONE,
                        new ProfileExtras(true, false),
                        TwoPrimaries.MESH.members())
                .with(values, "");
        Member member = mesh.member(TwoPrimaries.ONE);
        Renderer renderer = SandboxCharts.renderer();
        ValuesLayers layers = SandboxCharts.company(HelmValues.NONE);
        return switch (part) {
            case EAST_WEST_GATEWAY ->
                GatewaysOfCharts.eastWest(renderer, layers).part(mesh, member);
            case INGRESS_GATEWAY ->
                GatewaysOfCharts.ingress(renderer, layers).part(mesh, member).orElseThrow();
            default -> ControlPlaneOfCharts.primary(renderer, layers).part(mesh, member);
        };
    }
}
