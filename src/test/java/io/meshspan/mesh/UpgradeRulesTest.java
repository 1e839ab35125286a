package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No version back, no minor skipped, no revision twice. */
class UpgradeRulesTest {

    private final Mesh mesh = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.29.6"),
            ImageSource.CONFIGURED,
            new Revision("stable"),
            ProfileExtras.NONE,
            List.of());

    @ParameterizedTest
    @ValueSource(strings = {"1.29.7", "1.30.0", "1.30.3", "1.30.0-rc.1"})
    void shouldAllowTheNextPatchesAndTheNextMinor(String version) {
        assertThat(findings(version, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29.6", "1.29.5", "1.28.9", "1.29.6-rc.1"})
    void shouldRefuseTheSameVersionAndEveryOlderOne(String version) {
        assertThat(findings(version, ""))
                .singleElement()
                .extracting(Finding::expected)
                .isEqualTo("a version newer than 1.29.6, which mesh mesh1 has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.31.0", "1.32.1", "2.0.0"})
    void shouldRefuseToSkipAMinor(String version) {
        assertThat(findings(version, ""))
                .singleElement()
                .extracting(Finding::expected)
                .isEqualTo("1.29 or 1.30: no minor is skipped");
    }

    @Test
    void shouldRefuseARevisionThatIsThere() {
        assertThat(findings("1.30.3", "stable")).hasSize(1);
    }

    @Test
    void shouldRefuseAnInstallationThatWouldUpgradeEveryPrimaryAtOnce() {
        ClusterName one = new ClusterName("cluster1");
        assertThat(UpgradeRules.ofInstallation(meshOf(one, "1.29.6", ""), meshOf(one, "1.30.3", ""), List.of(one)))
                .singleElement()
                .extracting(Finding::advice)
                .asString()
                .contains("upgrade-mesh", "upgrade-in-place");
        assertThat(UpgradeRules.ofInstallation(meshOf(one, "1.29.6", ""), meshOf(one, "1.30.3", ""), List.of()))
                .as("clusters that were made anew")
                .isEmpty();
        assertThat(UpgradeRules.ofInstallation(meshOf(one, "1.29.6", ""), meshOf(one, "1.30.3", "b"), List.of(one)))
                .as("another revision")
                .isEmpty();
        assertThat(UpgradeRules.ofInstallation(meshOf(one, "1.30.3", ""), meshOf(one, "1.30.3", ""), List.of(one)))
                .as("a cluster that was left out of the upgrade")
                .isEmpty();
    }

    private static Mesh meshOf(ClusterName primary, String version, String revision) {
        return new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse(version),
                ImageSource.CONFIGURED,
                revision.isEmpty() ? Revision.NONE : new Revision(revision),
                ProfileExtras.NONE,
                List.of(Member.primary(primary, new NetworkName("network1"))));
    }

    @Test
    void shouldMakeARevisionOfTheVersion() {
        assertThat(UpgradeRules.revisionOf(IstioVersion.parse("1.31.0-rc.0"))).isEqualTo("1-31-0-rc-0");
        assertThat(new Revision(UpgradeRules.revisionOf(IstioVersion.parse("1.30.3"))).name("istiod"))
                .isEqualTo("istiod-1-30-3");
    }

    private List<Finding> findings(String version, String revision) {
        return UpgradeRules.findings(
                mesh, RequestField.text(version, "request"), RequestField.text(revision, "request"));
    }
}
