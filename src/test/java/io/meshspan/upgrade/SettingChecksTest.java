package io.meshspan.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.ChangedSetting;
import io.meshspan.mesh.ChangedSetting.Place;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingChecksTest {

    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final String SPAN = "PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY";

    @Test
    void shouldNameEachSourceOfARemovedVariable() {
        assertThat(values(
                        "1.30.3",
                        "1.31.0",
                        "istiod: {env: {%s: 'false'}}".formatted(SPAN),
                        "istiod: {pilot: {env: {%s: 'false'}}}".formatted(SPAN)))
                .filteredOn(finding -> finding.what().contains(SPAN))
                .extracting(Finding::where)
                .containsExactly("values of the company", "values of mesh mesh1");
    }

    @Test
    void shouldSayNothingOfARemovalThatIsStillAhead() {
        assertThat(values("1.29.6", "1.30.3", "", "istiod: {env: {%s: 'false'}}".formatted(SPAN)))
                .noneMatch(finding -> finding.what().contains(SPAN));
    }

    @Test
    void shouldFindDeprecatedValuesWithWhatReplacesThem() {
        assertThat(values("1.30.3", "1.31.0", "", "istiod: {global: {proxy: {accessLogFile: /dev/stdout}}}"))
                .filteredOn(finding -> finding.what().equals("istiod.global.proxy.accessLogFile"))
                .singleElement()
                .extracting(Finding::expected)
                .isEqualTo("meshConfig.accessLogFile");
        assertThat(
                        values(
                                "1.30.3",
                                "1.31.0",
                                "",
                                "istiod: {meshConfig: {defaultConfig: {runtimeValues: {overload.global_downstream_max_connections: '9'}}}}"))
                .anyMatch(finding -> finding.what().endsWith("overload.global_downstream_max_connections"));
    }

    @Test
    void shouldTellDefaultsThatChangeUnlessSomebodyDecidedOnThem() {
        assertThat(values("1.30.3", "1.31.0", "", ""))
                .extracting(Finding::what)
                .containsExactlyInAnyOrder(
                        "default of istiod's variable PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS",
                        "default of istiod's variable PILOT_ENABLE_STRICT_GATEWAY_MERGING");
        assertThat(values("1.30.3", "1.31.0", "istiod: {env: {PILOT_ENABLE_STRICT_GATEWAY_MERGING: 'false'}}", ""))
                .hasSize(1);
        assertThat(values("1.30.1", "1.30.3", "", "")).isEmpty();
    }

    @Test
    void shouldFindAVariableThatStandsOnlyInTheCluster() {
        ClusterInMemory cluster = new ClusterInMemory(FIRST.value());
        cluster.apply(new DeploymentBuilder()
                .withNewMetadata()
                .withName("istiod")
                .withNamespace("istio-system")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .addNewEnv()
                .withName(SPAN)
                .withValue("false")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        assertThat(checks("").inCluster(mesh("1.30.3", "1.31.0", ""), cluster))
                .singleElement()
                .extracting(Finding::where)
                .isEqualTo("cluster1");
    }

    @Test
    void shouldKnowWhereEachSettingMayStand() {
        assertThat(Stream.of(ChangedSetting.values()))
                .allSatisfy(setting ->
                        assertThat(setting.paths().isEmpty()).isEqualTo(setting.place() == Place.POD_ANNOTATION))
                .extracting(ChangedSetting::setting)
                .doesNotHaveDuplicates();
    }

    private static List<Finding> values(String from, String to, String company, String values) {
        return checks(company).ofValues(mesh(from, to, values));
    }

    private static SettingChecks checks(String company) {
        return new SettingChecks(SandboxCharts.company(HelmValues.read(company)));
    }

    private static Mesh mesh(String from, String to, String values) {
        return plain(to).with(HelmValues.read(values), "").upgradingInPlace(plain(from));
    }

    private static Mesh plain(String version) {
        return new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse(version),
                List.of(Member.primary(FIRST, new NetworkName("network1"))));
    }
}
