package io.meshspan.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import io.meshspan.upgrade.ConnectedProxies.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySkewTest {

    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final Mesh IN_PLACE = mesh("1.30.3", "").upgradingInPlace(mesh("1.29.6", ""));
    private static final Mesh BESIDE = mesh("1.30.3", "1-30-3").upgrading(mesh("1.29.6", ""));

    @ParameterizedTest
    @ValueSource(strings = {"1.29.1", "1.30.0", "1.30.9"})
    void shouldAllowProxiesOfTheControlPlanesMinorAndTheOneBefore(String version) {
        assertThat(findings(IN_PLACE, proxy("default", version, "cluster1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.28.8", "1.31.0-rc.0"})
    void shouldRefuseAnUpgradeInPlaceUnderProxiesThatTheNewerIstiodMayNotServe(String version) {
        assertThat(findings(IN_PLACE, proxy("default", version, "cluster2")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                    assertThat(finding.where()).isEqualTo("cluster2");
                    assertThat(finding.expected()).startsWith("1.29 or 1.30");
                    assertThat(finding.found()).isEqualTo("revision default, %s: shop (web-1)".formatted(version));
                });
    }

    @Test
    void shouldJudgeProxiesBesideTheNewRevisionByTheirPresentControlPlane() {
        assertThat(findings(BESIDE, proxy("default", "1.28.8", "cluster1"))).isEmpty();
        assertThat(findings(BESIDE, proxy("default", "1.30.3", "cluster1"))).hasSize(1);
        assertThat(findings(BESIDE, proxy("1-30-3", "1.30.3", "cluster1"))).isEmpty();
    }

    @Test
    void shouldTellWhoStillUsesAnotherRevision() {
        assertThat(findings(BESIDE, proxy("canary", "1.28.8", "cluster1")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.found()).isEqualTo("revision canary, 1.28.8: shop (web-1)");
                });
    }

    @Test
    void shouldNotJudgeAProxyThatTellsNoVersion() {
        assertThat(findings(IN_PLACE, new Proxy("cluster1", "web-1.shop", Optional.empty(), "default")))
                .isEmpty();
    }

    private static Proxy proxy(String revision, String version, String cluster) {
        return new Proxy(cluster, "web-1.shop", Optional.of(IstioVersion.parse(version)), revision);
    }

    private static List<Finding> findings(Mesh mesh, Proxy proxy) {
        return ProxySkew.findings(mesh, new TreeMap<>(Map.of(FIRST, List.of(proxy))));
    }

    private static Mesh mesh(String version, String revision) {
        NetworkName network = new NetworkName("network1");
        return new Mesh(
                new MeshId("mesh1"),
                Topology.PRIMARY_REMOTE,
                IstioVersion.parse(version),
                ImageSource.CONFIGURED,
                revision.isEmpty() ? Revision.NONE : new Revision(revision),
                ProfileExtras.NONE,
                List.of(Member.primary(FIRST, network), Member.remote(new ClusterName("cluster2"), network, FIRST)));
    }
}
