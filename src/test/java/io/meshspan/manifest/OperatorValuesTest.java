package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ValuesPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the forms that istioctl 1.30.3 takes: compared with Helm by rendering both, see docs/values.md. */
class OperatorValuesTest {

    @Test
    void shouldPutThoseOfIstiodBelowPilotAndTheRestBesideIt() {
        HelmValues istiod = HelmValues.read("""
                autoscaleMin: 2
                pilot: {traceSampling: 5}
                platform: openshift
                resources: {requests: {cpu: 2, memory: 4Gi}}
                meshConfig: {accessLogFile: /dev/stdout}
                global: {imagePullSecrets: [regcred], hub: r, tag: t}
                sidecarInjectorWebhook: {rewriteAppHTTPProbe: false}
                """);

        assertThat(new HelmValues(OperatorValues.controlPlane(
                        HelmValues.read("base: {excludedCRDs: [x]}"),
                        istiod,
                        Map.of("global", Map.of("meshID", "mesh1"), "defaultRevision", "default"))))
                .isEqualTo(HelmValues.read("""
                        base: {excludedCRDs: [x]}
                        defaultRevision: default
                        global: {imagePullSecrets: [regcred], meshID: mesh1, platform: openshift}
                        meshConfig: {accessLogFile: /dev/stdout}
                        pilot:
                          autoscaleMin: 2
                          traceSampling: 5
                          resources: {requests: {cpu: "2", memory: 4Gi}}
                        sidecarInjectorWebhook: {rewriteAppHTTPProbe: false}
                        """));
    }

    @Test
    void shouldPutThoseOfAGatewayIntoItsComponent() {
        Map<String, Object> spec = new LinkedHashMap<>(Map.of("values", Map.of("global", Map.of("network", "n1"))));
        Map<String, Object> component = new LinkedHashMap<>(Map.of(
                "label", Map.of("istio", "eastwestgateway"),
                "k8s", Map.of("env", List.of(Map.of("name", "A", "value", "b")))));

        OperatorValues.gateway(HelmValues.read("""
                        service: {type: NodePort, annotations: {scheme: internal}, loadBalancerClass: nlb}
                        autoscaling: {enabled: true, minReplicas: 2, targetCPUUtilizationPercentage: 70}
                        imagePullSecrets: [{name: regcred}]
                        nodeSelector: {pool: edge}
                        env: {X: y, MILLION: 1000000}
                        labels: {team: mesh}
                        """), component, spec);

        assertThat(new HelmValues(component)).isEqualTo(HelmValues.read("""
                label: {istio: eastwestgateway, team: mesh}
                k8s:
                  env: [{name: A, value: b}, {name: MILLION, value: "1e+06"}, {name: X, value: "y"}]
                  nodeSelector: {pool: edge}
                  service: {type: NodePort, loadBalancerClass: nlb}
                  serviceAnnotations: {scheme: internal}
                """));
        assertThat(new HelmValues(spec)).isEqualTo(HelmValues.read("""
                values:
                  global: {network: n1, imagePullSecrets: [regcred]}
                  gateways:
                    istio-ingressgateway:
                      {autoscaleEnabled: true, autoscaleMin: 2, cpu: {targetAverageUtilization: 70}}
                """));
    }

    /** As with Helm: the company gives them, and a cluster has them not. */
    @Test
    void shouldTakeAwayWithANullWhatAWeakerLayerGave() {
        HelmValues given = HelmValues.read(
                "{nodeSelector: {pool: null}, env: {A: null, B: ''}, service: {annotations: {a: null, b: c}}}");
        Map<String, Object> component = new LinkedHashMap<>();

        assertThat(OperatorValues.inexpressible(ValuesPart.EAST_WEST_GATEWAY, given))
                .isEmpty();
        OperatorValues.gateway(given, component, new LinkedHashMap<>());

        assertThat(new HelmValues(component))
                .isEqualTo(HelmValues.read("k8s: {env: [{name: B, value: ''}], serviceAnnotations: {b: c}}"));
        assertThat(new HelmValues(OperatorValues.controlPlane(
                                HelmValues.NONE,
                                HelmValues.read("resources: {limits: {cpu: null, memory: 1}}"),
                                Map.of()))
                        .text())
                .contains("cpu: null");
    }

    /** Refused by the preflight: istioctl would drop them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EAST_WEST_GATEWAY | {terminationGracePeriodSeconds: 5} | terminationGracePeriodSeconds",
                "EAST_WEST_GATEWAY | {service: {selectorLabels: {a: b}}} | service.selectorLabels.a",
                "EAST_WEST_GATEWAY | {serviceAccount: {name: x}} | serviceAccount.name",
                "INGRESS_GATEWAY | {service: {ports: [{name: x}]}} | service.ports",
                "BASE | {global: {resourceScope: all}} | global.resourceScope",
                "EAST_WEST_GATEWAY | {volumes: [{name: x}]} | volumes",
                "EAST_WEST_GATEWAY | {volumeMounts: [{name: x}]} | volumeMounts",
                "BASE | {base: {validationFailurePolicy: Fail}} | base.validationFailurePolicy",
                "ISTIOD | {initContainers: [{name: x}]} | initContainers",
                "ISTIOD | {experimental: {stableValidationPolicy: true}} | experimental.stableValidationPolicy",
                "ISTIOD | {global: {proxy_init: {forceApplyIptables: true}}} | global.proxy_init.forceApplyIptables",
                "EAST_WEST_GATEWAY | {resources: null} | resources",
                "EAST_WEST_GATEWAY | {resources: {limits: null}} | resources.limits",
                "EAST_WEST_GATEWAY | {podAnnotations: {scrape: null}} | podAnnotations.scrape",
                "INGRESS_GATEWAY | {service: null} | service",
                "INGRESS_GATEWAY | {autoscaling: {maxReplicas: null}} | autoscaling.maxReplicas",
                "BASE | {global: {imagePullSecrets: null}} | global.imagePullSecrets",
                "ISTIOD | {cni: null} | cni",
                "ISTIOD | {pdb: {minAvailable: 2}} | pdb.minAvailable",
                "ISTIOD | {pilot: {cni: {enabled: true}, autoscaleMin: 1}} | pilot.cni.enabled"
            })
    void shouldNameWhatNoOperatorHasAPlaceFor(ValuesPart part, String given, String path) {
        assertThat(OperatorValues.inexpressible(part, HelmValues.read(given)))
                .containsExactly(List.of(path.split("\\.", -1)));
    }
}
