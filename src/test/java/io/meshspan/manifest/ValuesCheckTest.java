package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StartupFailure;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.TwoPrimaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "istiod: {meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}, resources: {limits: {memory: 4Gi}}}",
                "istiod: {env: {ANY: x}, cni: {enabled: true}, seccompProfile: {type: RuntimeDefault}, nodeSelector: {a: b}}",
                "istiod: {pilot: {autoscaleMin: 2}, global: {caAddress: x, proxy: {lifecycle: {}, resources: null}}}",
                "istiod: {global: {platform: openshift, variant: distroless, imagePullSecrets: [regcred]}, platform: gke}",
                "eastWestGateway: {service: {loadBalancerClass: x, ipFamilies: [IPv6], annotations: {a: b}}}",
                "eastWestGateway: {networkGatewayPorts: {tls: {port: 443}}, podDisruptionBudget: {minAvailable: 1}}",
                "eastWestGateway: {priorityClassName: x, imagePullSecrets: [{name: x}], autoscaling: {enabled: false}}",
                "base: {base: {excludedCRDs: [x]}, global: {imagePullSecrets: [a]}}"
            })
    void shouldKnowWhatTheChartsTake(String values) {
        assertThat(check(values)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "istiod: {autoScaleMinimum: 2} | values.istiod.autoScaleMinimum | Correct its name",
                "istiod: {autoscaleMn: 2} | values.istiod.autoscaleMn | autoscaleMin",
                "istiod: {pilot: {resorces: {}}} | values.istiod.pilot.resorces | resources",
                "istiod: {global: {proxy: {logLevels: x}}} | values.istiod.global.proxy.logLevels | logLevel",
                "istiod: {seccomProfile: {}} | values.istiod.seccomProfile | seccompProfile",
                "eastWestGateway: {service: {loadBalancerIp: x}} | service.loadBalancerIp | loadBalancerIP",
                "eastWestGateway: {networkGatewayPorts: {tlss: {port: 1}}} | networkGatewayPorts.tlss | tls",
                "base: {base: {excludedCrd: []}} | values.base.base.excludedCrd | excludedCRDs"
            })
    void shouldNameTheNearestKeyThatTheChartKnows(String values, String what, String nearest) {
        List<Finding> findings = check(values);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(0).what()).endsWith(what);
        assertThat(findings.get(0).advice()).contains(nearest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "istiod: {tolerations: x} | a list | a text",
                "istiod: {resources: 5} | a map | a number",
                "istiod: {pilot: {cni: true}} | a map | true or false",
                "eastWestGateway: {service: [x]} | a map | a list"
            })
    void shouldRefuseAnotherKindOfValueThanTheChartHas(String values, String expected, String found) {
        List<Finding> findings = check(values);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.BLOCKING);
        assertThat(findings.get(0).expected()).startsWith(expected);
        assertThat(findings.get(0).found()).isEqualTo(found);
    }

    @Test
    void shouldReadAFolderOfTheCompanysFilesInTheOrderOfTheirNames(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("10-all.yaml"), "istiod: {autoscaleMin: 1, autoscaleMax: 9}\nbase: {}\n");
        Files.writeString(folder.resolve("20-more.yml"), "istiod: {autoscaleMin: 2}\n");
        Files.writeString(folder.resolve("eastWestGateway.yaml"), "service: {type: NodePort}\n");
        Files.writeString(folder.resolve("README.md"), "no values");

        assertThat(CompanyValues.read(folder)).isEqualTo(values("""
                        istiod: {autoscaleMin: 2, autoscaleMax: 9}
                        base: {}
                        eastWestGateway: {service: {type: NodePort}}
                        """));
    }

    @Test
    void shouldRefuseToStartWithValuesThatCannotBe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("values.yaml");
        Files.writeString(file, "istiod:\n  global:\n    meshID: x\n  env: {A_PASSWORD: hunter22}\nistio: {}\n");

        assertThatExceptionOfType(StartupFailure.class)
                .isThrownBy(() -> CompanyValues.read(file))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.SETTINGS))
                .withMessageContaining(file + ", line 3, column 5")
                .withMessageContaining("line 5, column 1")
                .withMessageContaining("A_PASSWORD")
                .withMessageNotContaining("hunter22");
        assertThatExceptionOfType(StartupFailure.class)
                .isThrownBy(() -> CompanyValues.read(folder.resolve("none.yaml")))
                .withMessageContaining("meshspan.values")
                .withMessageContaining("none.yaml");
    }

    private static List<Finding> check(String yaml) {
        return new ValuesCheck(SandboxCharts.istio(), SandboxCharts.company(HelmValues.NONE))
                .check(TwoPrimaries.MESH.with(values(yaml), ""));
    }

    private static HelmValues values(String yaml) {
        return ManifestYaml.values(yaml);
    }
}
