package io.meshspan.meshfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.mesh.ValuesRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshFileValuesTest {

    private static final Map<ClusterName, NetworkName> KNOWN = Map.of(
            new ClusterName("c1"), new NetworkName("n1"),
            new ClusterName("c2"), new NetworkName("n2"));
    private static final String HEAD = "meshId: mesh1\nistioVersion: 1.30.3\n";
    private static final String CLUSTERS = "clusters: [{name: c1}, {name: c2}]\n";

    @Test
    void shouldTakeValuesOfTheMeshAndOfAClusterAndWhereGatewaysAre() {
        Mesh mesh = mesh(HEAD + """
                gateway: {namespace: istio-gateways}
                values:
                  istiod: {autoscaleMin: 2, env: {PILOT_X: "1"}}
                clusters:
                - name: c1
                  gateway: {address: 203.0.113.7, port: 443}
                  values:
                    eastWestGateway:
                      service: {annotations: {scheme: internal}}
                - name: c2
                """);

        assertThat(mesh.valuesText()).isEqualTo("""
                clusters:
                  c1:
                    eastWestGateway:
                      service:
                        annotations:
                          scheme: internal
                mesh:
                  istiod:
                    autoscaleMin: 2
                    env:
                      PILOT_X: "1"
                """);
        assertThat(mesh.namespaceOfGateways()).isEqualTo("istio-gateways");
        assertThat(mesh.members().get(0).gateway()).isEqualTo(new DeclaredGateway("203.0.113.7", 443));
        assertThat(mesh.members().get(1).gateway()).isNull();
    }

    /** As Helm reads YAML 1.1; in quotes they are texts. */
    @Test
    void shouldReadScalarsAsHelmDoes() {
        assertThat(mesh(HEAD + "values: {istiod: {a: yes, b: \"yes\", c: off, d: ~, e: 'on', f: 1.5, g: 7}}\n"
                                + CLUSTERS)
                        .valuesText())
                .isEqualTo("""
                        mesh:
                          istiod:
                            a: true
                            b: "yes"
                            c: false
                            d: null
                            e: "on"
                            f: 1.5
                            g: 7
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "istiod: {global: {meshID: x}} | istiod.global.meshID",
                "istiod: {global: {multiCluster: {clusterName: x}}} | istiod.global.multiCluster.clusterName",
                "istiod: {global: {network: x}} | istiod.global.network",
                "istiod: {global: {remotePilotAddress: x}} | istiod.global.remotePilotAddress",
                "istiod: {revision: x} | istiod.revision",
                "istiod: {profile: ambient} | istiod.profile",
                "istiod: {istiodRemote: {injectionURL: x}} | istiod.istiodRemote",
                "istiod: {pilot: {env: {CLUSTER_ID: x}}} | istiod.pilot.env.CLUSTER_ID",
                "istiod: {meshConfig: {defaultConfig: {meshId: x}}} | defaultConfig.meshId",
                "istiod: {meshConfig: {defaultConfig: {discoveryAddress: x}}} | defaultConfig.discoveryAddress",
                "istiod: {meshConfig: {defaultConfig: {proxyMetadata: {ISTIO_META_NETWORK: x}}}} | proxyMetadata.ISTIO_META_NETWORK",
                "eastWestGateway: {env: {ISTIO_META_CLUSTER_ID: x}} | eastWestGateway.env.ISTIO_META_CLUSTER_ID",
                "eastWestGateway: {name: x} | eastWestGateway.name",
                "eastWestGateway: {networkGateway: x} | eastWestGateway.networkGateway",
                "eastWestGateway: {labels: {istio: x}} | eastWestGateway.labels.istio",
                "eastWestGateway: {networkGatewayPorts: {tls: {targetPort: 1}}} | networkGatewayPorts.tls.targetPort",
                "eastWestGateway: {service: {ports: []}} | eastWestGateway.service.ports",
                "eastWestGateway: {kind: DaemonSet} | eastWestGateway.kind",
                "ingressGateway: {revision: x} | ingressGateway.revision",
                "base: {defaultRevision: x} | base.defaultRevision",
                "namespaces: {istioSystem: {labels: {topology.istio.io/network: x}}} | namespaces.istioSystem.labels"
            })
    void shouldRefuseAKeyThatFollowsFromTheMeshWithLineAndColumn(String values, String key) {
        Finding finding = only(findings(HEAD + "values:\n  " + values + "\n" + CLUSTERS));

        assertThat(finding.what()).startsWith("values.").contains(key);
        assertThat(finding.where()).matches("mesh file, line 4, column \\d+");
        assertThat(finding.expected()).contains("Meshspan sets");
        assertThat(finding.advice()).isNotBlank();
    }

    /** YAML reads them as numbers, and the API server takes texts there; the two forms of pull secrets are easily mixed up. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eastWestGateway: {service: {annotations: {aws-load-balancer-internal: true}}} | a text | true or false",
                "eastWestGateway: {labels: {version: 1.10}} | a text | a number",
                "ingressGateway: {podAnnotations: {x: 1}} | a text | a number",
                "istiod: {nodeSelector: {pool: 1}} | a text | a number",
                "istiod: {global: {imagePullSecrets: [{name: regcred}]}} | the name of a Secret | a map",
                "eastWestGateway: {imagePullSecrets: [regcred]} | a map with the name of a Secret | a text"
            })
    void shouldNameAValueOfAFormThatTheApiServerWouldRefuse(String values, String expected, String found) {
        Finding finding = only(findings(HEAD + "values:\n  " + values + "\n" + CLUSTERS));

        assertThat(finding.where()).startsWith("mesh file, line 4, column ");
        assertThat(finding.expected()).isEqualTo(expected);
        assertThat(finding.found()).isEqualTo(found);
    }

    /** Istio's switch, and files in a pod, whose names sound like secrets. */
    @Test
    void shouldTakeSwitchesAndFilesForNoCredentials() {
        mesh(HEAD + """
                values:
                  istiod:
                    env:
                      REQUIRE_3P_TOKEN: "false"
                      GOOGLE_APPLICATION_CREDENTIALS: /var/run/secrets/gcp/key.json
                    meshConfig: {ca: {tlsSettings: {privateKey: ./var/run/secrets/ca/tls.key}}}
                """ + CLUSTERS);
        assertThat(findings(HEAD + "values: {istiod: {env: {A_TOKEN: /x7/Q9+zz, B_PASSWORD: 12345}}}\n" + CLUSTERS))
                .hasSize(1);
    }

    @Test
    void shouldTellWhereTheValuesOfAChartStand() {
        assertThat(only(findings(HEAD + "values: {meshConfig: {accessLogFile: /dev/stdout}}\n" + CLUSTERS))
                        .advice())
                .contains("istiod: {meshConfig: ...}");
    }

    @Test
    void shouldTakeNumbersWhereChartsTakeThem() {
        mesh(HEAD + """
                values:
                  istiod:
                    env: {A: 1, B: true}
                    meshConfig: {defaultConfig: {proxyMetadata: {A: 1}, tracing: {sampling: 1}, labels: {x: 1}}}
                    global: {imagePullSecrets: [regcred]}
                  eastWestGateway: {imagePullSecrets: [{name: regcred}], autoscaling: {minReplicas: 2}}
                """ + CLUSTERS);
    }

    /** "Values of the running mesh" is offered in this form. */
    @Test
    void shouldTakeTheValuesOfAMeshFileForAFieldOfValues() {
        ValuesText taken =
                ValuesText.read("values", "# of the running mesh\nvalues:\n  istiod: {autoscaleMin: 3}\n", null);
        ValuesText ofClusters =
                ValuesText.read("values", "values:\n  istiod: {global: {meshID: x}}\nclusters:\n- {name: a}\n", null);

        assertThat(taken.findings()).isEmpty();
        assertThat(taken.values().values()).isEqualTo(HelmValues.read("istiod: {autoscaleMin: 3}"));
        assertThat(ofClusters.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.where()).isEqualTo("values, line 3, column 1");
            assertThat(finding.what()).isEqualTo("clusters");
            assertThat(finding.advice()).contains("install-mesh");
        });
        assertThat(ValuesRules.findings(ofClusters.values()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.where()).isEqualTo("values, line 2, column 21"));
    }

    @Test
    void shouldNameThePlaceOfAKeyInTheValuesOfACluster() {
        Finding finding = only(findings(HEAD
                + "clusters:\n- name: c1\n- name: c2\n  values:\n    istiod:\n      global:\n        network: n7\n"));

        assertThat(finding.where()).isEqualTo("mesh file, line 9, column 9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "istiod: {env: {DB_PASSWORD: hunter22}}",
                "istiod: {global: {imagePullSecrets: ['{\"auths\": {\"r\": {\"auth\": \"hunter22\"}}}']}}",
                "istiod: {x: {.dockerconfigjson: eyJhdXRocyI6aHVudGVyMjI}}",
                "eastWestGateway: {env: {A: \"-----BEGIN RSA PRIVATE KEY-----hunter22\"}}",
                "istiod: {meshConfig: {extensionProviders: [{token: hunter22}]}}",
                "istiod: {env: {PROXY: \"http://bob:hunter22@proxy.example.org\"}}",
                "eastWestGateway: {podAnnotations: {api-key: hunter22}}",
                "eastWestGateway: {additionalContainers: [{name: a, env: [{name: DB_PASSWORD, value: hunter22}]}]}"
            })
    void shouldRefuseCredentialsAndNotRepeatThem(String values) {
        Finding finding = only(findings(HEAD + "values:\n  " + values + "\n" + CLUSTERS));

        assertThat(finding.expected()).contains("no credential");
        assertThat(finding.toString()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "values: {istio: {}} | values.istio | one of [base, istiod",
                "values: 5 | values | parts [base",
                "values: {istiod: [1]} | values.istiod | values of a chart",
                "values: {sample: {tolerations: x}} | values.sample.tolerations | a list",
                "values: {sample: {image: x}} | values.sample.image | one of [affinity",
                "values: {namespaces: {other: {}}} | values.namespaces.other | one of [gateway",
                "values: {namespaces: {gateway: {labels: {a: 1}}}} | values.namespaces.gateway.labels.a | a text",
                "gateway: {address: x} | gateway.address | one of [namespace]",
                "gateway: {namespace: A_B} | gateway.namespace | a DNS-1123 label"
            })
    void shouldSayWhatIsOfAnotherForm(String line, String what, String expected) {
        Finding finding = only(findings(HEAD + line + "\n" + CLUSTERS));

        assertThat(finding.what()).isEqualTo(what);
        assertThat(finding.expected()).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "address: http://x, gateway.address of c1",
        "address: 999.1.1.1, gateway.address of c1",
        "'address: \"2001:db8::1::2\"', gateway.address of c1",
        "'address: \"2001:db8:1\"', gateway.address of c1",
        "'address: 10.0.0.1, port: 0', gateway.port of c1",
        "'address: 10.0.0.1, port: 70000', gateway.port of c1",
        "port: 443, gateway.port of c1"
    })
    void shouldRefuseAnAddressOrAPortThatCannotBe(String gateway, String what) {
        assertThat(only(findings(HEAD + "clusters: [{name: c1, gateway: {" + gateway + "}}, {name: c2}]\n"))
                        .what())
                .isEqualTo(what);
    }

    private static Mesh mesh(String text) {
        return MeshFile.read(text)
                .request(Topology.MULTI_PRIMARY_MULTI_NETWORK, KNOWN, List.of())
                .toMesh();
    }

    private static List<Finding> findings(String text) {
        return catchThrowableOfType(StepFailed.class, () -> mesh(text)).findings();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
