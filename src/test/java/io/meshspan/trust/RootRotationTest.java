package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.trust.OfflineRoot.Signed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters whose root changes: in every mix of two neighbouring phases, each trusts the other. */
class RootRotationTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(primary("cluster1"), primary("cluster2")));

    private final ClusterInMemory cluster1 = new ClusterInMemory("cluster1");
    private final ClusterInMemory cluster2 = new ClusterInMemory("cluster2");
    private final TrustProperties properties;
    private final RootKeystore keystore;

    RootRotationTest(@TempDir Path folder) {
        this.properties = GivenCa.properties(folder.resolve("root-ca.p12"), KeyType.EC_P256);
        this.keystore = GivenCa.keystore(properties);
    }

    @Test
    void shouldKeepClustersTrustingEachOtherInEveryMixOfPhasesForwardAndBack() {
        SortedMap<ClusterName, Secret> originals = ofKeystore();
        RootRotation rotation = rotation(properties);
        assertThat(rotation.check("change", MESH)).isEmpty();

        for (RootPhase phase : List.of(
                RootPhase.BOTH_TRUSTED,
                RootPhase.NEW_INTERMEDIATES,
                RootPhase.OLD_REMOVED,
                RootPhase.NEW_INTERMEDIATES,
                RootPhase.BOTH_TRUSTED)) {
            for (ClusterName cluster : originals.keySet()) {
                var unused = rotation.apply(
                        "change", MESH, new TreeMap<>(Map.of(cluster, secret(originals, cluster))), phase);
                assertThat(trusts(live(cluster1), live(cluster2)))
                        .as("%s in %s", phase, cluster)
                        .isTrue();
                assertThat(trusts(live(cluster2), live(cluster1)))
                        .as("%s in %s", phase, cluster)
                        .isTrue();
            }
        }
        assertThat(content(live(cluster1)).authority())
                .isEqualTo(content(secret(originals, cluster1.name())).authority());
    }

    @Test
    void shouldPlanTheSameBeforeAndBetweenPhases() {
        SortedMap<ClusterName, Secret> originals = ofKeystore();
        RootRotation rotation = rotation(properties);
        DesiredCa before = rotation.desired("change", MESH);

        for (RootPhase phase : RootPhase.values()) {
            var unused = rotation.apply("change", MESH, originals, phase);
            assertThat(rotation.desired("change", MESH)).isEqualTo(before);
            assertThat(rotation.preview("change", cluster1).changes()).isEmpty();
        }
        assertThat(rotation.preview("another", cluster1).changes()).hasSize(2);
    }

    @Test
    void shouldSignUnderTheNewRootOnlyAfterAllClustersHaveItAlone() {
        SortedMap<ClusterName, Secret> originals = ofKeystore();
        RootRotation rotation = rotation(properties);
        String old = CertificateFingerprint.of(keystore.root());
        var unused = rotation.apply("change", MESH, originals, RootPhase.NEW_INTERMEDIATES);
        assertThat(rotation.keep(MESH))
                .hasValueSatisfying(said -> assertThat(said).contains("keeps the old root"));
        unused = rotation.apply("change", MESH, originals, RootPhase.OLD_REMOVED);

        assertThat(rotation.keep(MESH))
                .hasValueSatisfying(said -> assertThat(said).contains("has the new root"));
        assertThat(CertificateFingerprint.of(keystore.root())).isNotEqualTo(old);
        assertThat(content(live(cluster1)).roots()).containsExactly(keystore.root());
        assertThat(properties.keystore().resolveSibling("root-ca.p12.root-" + old.substring(0, 16)))
                .exists();
        assertThat(Files.exists(properties.keystore().resolveSibling("root-ca.p12.next")))
                .isFalse();
        assertThat(rotation.keep(MESH)).as("once more").isEmpty();
    }

    @Test
    void shouldWriteNothingOverARootThatSomebodyWroteBetweenPhases() {
        SortedMap<ClusterName, Secret> originals = ofKeystore();
        RootRotation rotation = rotation(properties);
        var unused = rotation.apply("change", MESH, originals, RootPhase.BOTH_TRUSTED);
        OfflineRoot other = OfflineRoot.named("Other Root");
        Secret before = live(cluster1);
        unused = List.of(cluster2.apply(istio("cacerts", other.signs("istiod", 0))));

        assertThatThrownBy(() -> rotation.apply("change", MESH, originals, RootPhase.NEW_INTERMEDIATES))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("cluster2")
                .hasMessageContaining(CertificateFingerprint.of(other.certificate()))
                .hasMessageContaining("roll back");
        assertThat(live(cluster1)).isEqualTo(before);
    }

    /** As from a Secret in Kubernetes, whose folder is read only: a name so long that no file beside it can be made. */
    @Test
    void shouldTakeANextRootThatACommandMadeWhereNoneCanBeMadeBesideTheKeystore() throws IOException {
        TrustProperties readOnly =
                GivenCa.properties(properties.keystore().resolveSibling("r".repeat(251)), KeyType.EC_P256);
        SortedMap<ClusterName, Secret> originals = ofKeystore();
        Path made = properties.keystore().resolveSibling("made");
        Files.copy(properties.keystore(), readOnly.keystore());
        assertThatThrownBy(() -> rotation(readOnly).check("change", MESH))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("create-trust --next-root");

        int exit = CreateTrust.run(
                List.of("--next-root", made.toString()),
                Map.of("MESHSPAN_TRUST_KEYSTOREPASSWORD", GivenCa.PASSWORD),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        assertThat(exit).isZero();
        assertThat(made.resolve("evidence.p12")).doesNotExist();
        Files.copy(made.resolve("root-ca.p12"), readOnly.keystore(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(rotation(readOnly).check("change", MESH)).isEmpty();
        for (RootPhase phase : RootPhase.values()) {
            var unused = rotation(readOnly).apply("change", MESH, originals, phase);
        }
        assertThat(rotation(readOnly).keep(MESH)).isEmpty();
        X509Certificate root = GivenCa.keystore(readOnly).root();
        assertThat(content(live(cluster1)).roots()).containsExactly(root);
        assertThat(root.getSubjectX500Principal()).isNotEqualTo(keystore.root().getSubjectX500Principal());
    }

    /** Each Secret keeps its form, whatever form the next one has. */
    @Test
    void shouldTakeWhatOthersHaveSignedInBothForms() {
        OfflineRoot old = OfflineRoot.named("Old Root");
        OfflineRoot fresh = OfflineRoot.named("New Root");
        cluster1.with(
                tls("cacerts", old.signs("ca-1", 0)),
                istio("cacerts-next", fresh.signs("Issuing", 1).signs("new-1", 0)));
        cluster2.with(istio("cacerts", old.signs("ca-2", 0)), tls("cacerts-next", fresh.signs("new-2", 0)));
        RootRotation rotation = rotation(GivenCa.properties(TrustSource.GIVEN, properties.keystore(), null));
        SortedMap<ClusterName, Secret> originals = originals();
        assertThat(rotation.check("change", MESH)).isEmpty();

        for (RootPhase phase : RootPhase.values()) {
            var unused = rotation.apply("change", MESH, originals, phase);
            assertThat(trusts(live(cluster1), live(cluster2))).as(phase.name()).isTrue();
            assertThat(trusts(live(cluster2), live(cluster1))).as(phase.name()).isTrue();
        }
        assertThat(live(cluster1).getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(live(cluster2).getData()).doesNotContainKey("tls.crt");
        assertThat(content(live(cluster1)).keyProblem()).isEmpty();
        assertThat(content(live(cluster2)).keyProblem()).isEmpty();
        assertThat(content(live(cluster2)).roots()).containsExactly(fresh.certificate());
    }

    @Test
    void shouldRefuseWhatCannotLeadToAnotherRoot() {
        OfflineRoot old = OfflineRoot.named("Old Root");
        cluster1.with(tls("cacerts", old.signs("ca-1", 0)));
        cluster2.with(tls("cacerts", old.signs("ca-2", 0)), tls("cacerts-next", old.signs("again", 0)));

        assertThat(blocking(TrustSource.GIVEN)).contains("Secret istio-system/cacerts-next");
        cluster1.with(tls("cacerts-next", old.signs("again", 0)));
        assertThat(blocking(TrustSource.GIVEN)).contains("the root that the mesh has");
        assertThat(blocking(TrustSource.CERT_MANAGER)).contains("meshspan.trust.source to given");
        assertThat(blocking(TrustSource.KEYSTORE)).contains("one that others made");
    }

    private String blocking(TrustSource source) {
        List<Finding> findings = rotation(GivenCa.properties(source, properties.keystore(), null))
                .check("change", MESH);
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.severity() == Severity.BLOCKING);
        return findings.toString();
    }

    private RootRotation rotation(TrustProperties trust) {
        ClustersInMemory clusters = ClustersInMemory.of(cluster1, cluster2);
        RootKeystore its = trust.equals(properties) ? keystore : GivenCa.keystore(trust);
        return new RootRotation(clusters, its, trust, new RootRotationChecks(clusters, GivenCa.noValues(), trust));
    }

    private SortedMap<ClusterName, Secret> ofKeystore() {
        ApplySet set = new ApplySet(MESH.id());
        cluster1.with(set.member(GivenCa.cacerts(keystore.open(), "cluster1")));
        cluster2.with(set.member(GivenCa.cacerts(keystore.open(), "cluster2")));
        return originals();
    }

    private SortedMap<ClusterName, Secret> originals() {
        return new TreeMap<>(Map.of(cluster1.name(), live(cluster1), cluster2.name(), live(cluster2)));
    }

    private static Secret secret(SortedMap<ClusterName, Secret> secrets, ClusterName cluster) {
        return Objects.requireNonNull(secrets.get(cluster));
    }

    private static Secret live(ClusterInMemory cluster) {
        return cluster.find(Secret.class, "istio-system", "cacerts").orElseThrow();
    }

    private static CacertsContent content(Secret secret) {
        return CacertsContent.readable(secret).orElseThrow();
    }

    private static boolean trusts(Secret one, Secret other) {
        CacertsContent peer = content(other);
        return CertificateChain.from(
                        peer.authority(), peer.chain(), content(one).roots())
                .reachesRoot();
    }

    private static Secret tls(String name, Signed signed) {
        return secret(
                name,
                Map.of(
                        "tls.crt",
                        signed.chainPem(),
                        "tls.key",
                        signed.keyPem(),
                        "ca.crt",
                        signed.root().certificatePem()));
    }

    private static Secret istio(String name, Signed signed) {
        return secret(
                name,
                Map.of(
                        "ca-cert.pem", signed.certificatePem(),
                        "ca-key.pem", signed.keyPem(),
                        "cert-chain.pem", signed.chainPem(),
                        "root-cert.pem", signed.root().certificatePem()));
    }

    private static Secret secret(String name, Map<String, String> entries) {
        SecretBuilder secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName(name)
                .endMetadata();
        entries.forEach((key, value) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII))));
        return secret.build();
    }

    private static Member primary(String cluster) {
        return Member.primary(new ClusterName(cluster), new NetworkName("network1"));
    }
}
