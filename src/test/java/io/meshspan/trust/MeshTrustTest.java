package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshTrustTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(primary("cluster1"), primary("cluster2")));

    private final Path folder;
    private final ClusterInMemory cluster1 = new ClusterInMemory("cluster1");
    private final ClusterInMemory cluster2 = new ClusterInMemory("cluster2");
    private final RootCa ours;
    private final MeshTrust trust;

    MeshTrustTest(@TempDir Path folder) {
        this.folder = folder;
        TrustProperties properties = GivenCa.properties(folder.resolve("root-ca.p12"), KeyType.EC_P256);
        RootKeystore keystore = GivenCa.keystore(properties);
        ours = keystore.open();
        trust = new MeshTrust(ClustersInMemory.of(cluster1, cluster2), keystore, properties, GivenCa.noValues());
    }

    @Test
    void shouldGiveEachClusterAnIntermediateOfOneRoot() throws Exception {
        // when
        List<AppliedObject> applied = trust.configure(MESH);

        // then
        assertThat(applied)
                .extracting(AppliedObject::outcome)
                .containsExactly(ApplyOutcome.CREATED, ApplyOutcome.CREATED);
        X509Certificate first = intermediate(cluster1);
        X509Certificate second = intermediate(cluster2);
        first.verify(ours.certificate().getPublicKey());
        second.verify(ours.certificate().getPublicKey());
        assertThat(first.getSubjectX500Principal().getName()).startsWith("L=cluster1,");
        assertThat(second.getSubjectX500Principal().getName()).startsWith("L=cluster2,");
        assertThat(first.getPublicKey()).isNotEqualTo(second.getPublicKey());
    }

    @Test
    void shouldWriteNothingInASecondRun() {
        // given
        trust.configure(MESH);

        // when
        List<AppliedObject> again = trust.configure(MESH);

        // then
        assertThat(again)
                .extracting(AppliedObject::outcome)
                .containsExactly(ApplyOutcome.UNCHANGED, ApplyOutcome.UNCHANGED);
        assertThat(again.get(0).object()).hasToString("Secret istio-system/cacerts");
        assertThat(cluster1.written()).hasSize(1);
        assertThat(cluster2.written()).hasSize(1);
        assertThat(trust.check(MESH)).isEmpty();
    }

    @Test
    void shouldFillInOnlyTheMissingOne() {
        // given
        cluster1.with(GivenCa.cacerts(ours, "cluster1"));

        // when
        List<AppliedObject> applied = trust.configure(MESH);

        // then
        assertThat(applied)
                .extracting(AppliedObject::outcome)
                .containsExactly(ApplyOutcome.UNCHANGED, ApplyOutcome.CREATED);
        assertThat(cluster1.written()).isEmpty();
    }

    @Test
    void shouldRefuseDifferingRootsAndWriteNothing() {
        // given
        RootCa foreign = GivenCa.root();
        cluster1.with(GivenCa.cacerts(ours, "cluster1"));
        cluster2.with(GivenCa.cacerts(foreign, "cluster2"));

        // when / then
        assertThatThrownBy(() -> trust.configure(MESH))
                .asInstanceOf(type(StepFailed.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.ROOTS_DIFFER))
                .satisfies(e -> assertThat(e.findings()).singleElement().satisfies(f -> {
                    assertThat(f.where()).isEqualTo("cluster1, cluster2");
                    assertThat(f.found())
                            .contains("cluster1 has root " + ours.fingerprint())
                            .contains("cluster2 has root " + foreign.fingerprint());
                }));
        assertNothingWritten();
    }

    @Test
    void shouldAdviseToConfigureTheRootThatTheClustersAlreadyShare() {
        // given
        RootCa corporate = GivenCa.root();
        cluster2.with(GivenCa.cacerts(corporate, "cluster2"));

        // when
        List<Finding> findings = trust.check(MESH);

        // then
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.where()).isEqualTo("cluster2");
            assertThat(f.expected()).contains(ours.fingerprint());
            assertThat(f.found()).contains(corporate.fingerprint());
            assertThat(f.advice()).contains("meshspan.trust.source to given");
        });
        assertThatThrownBy(() -> trust.configure(MESH)).isInstanceOf(StepFailed.class);
        assertNothingWritten();
    }

    @Test
    void shouldCollectTheFindingsOfAllClusters() {
        // given
        cluster1.with(GivenCa.without(GivenCa.cacerts(ours, "cluster1"), "ca-key.pem"));
        cluster2.with(GivenCa.with(
                GivenCa.cacerts(ours, "cluster2"), "ca-key.pem", GivenCa.keyPem(KeyType.EC_P256.generate())));

        // when / then
        assertThatThrownBy(() -> trust.configure(MESH))
                .asInstanceOf(type(StepFailed.class))
                .satisfies(e ->
                        assertThat(e.findings()).extracting(Finding::where).containsExactly("cluster1", "cluster2"));
        assertNothingWritten();
    }

    @Test
    void shouldRefuseAFirstCacertsUnderARunningIstiod() {
        // given
        cluster2.with(istiod(1));

        // when / then
        assertThatThrownBy(() -> trust.configure(MESH))
                .asInstanceOf(type(StepFailed.class))
                .satisfies(e -> assertThat(e.findings()).singleElement().satisfies(f -> {
                    assertThat(f.where()).isEqualTo("cluster2");
                    assertThat(f.found()).contains("no cacerts, while Deployment istiod runs");
                    assertThat(f.advice()).contains("restart all workloads");
                }));
        assertNothingWritten();
    }

    @Test
    void shouldGoOnWhereIstiodIsScaledDown() {
        // given
        cluster2.with(istiod(0));

        // when / then
        assertThat(trust.configure(MESH)).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.CREATED);
    }

    @Test
    void shouldRenewUnderARunningIstiodThatAlreadyServesOurRoot() throws Exception {
        // given
        String root = new String(Pem.encode(ours.certificate()), StandardCharsets.US_ASCII);
        cluster2.with(istiod(1))
                .with(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("istio-system")
                        .withName("istio-ca-root-cert")
                        .endMetadata()
                        .addToData("root-cert.pem", root)
                        .build());

        // when / then
        assertThat(trust.configure(MESH)).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.CREATED);
    }

    @Test
    void shouldNotStopForAWarning() {
        // given
        Validity ending = Validity.startingBefore(Instant.now(), Duration.ofDays(20));
        cluster1.with(GivenCa.cacerts(ours, "cluster1", ending));

        // when / then
        assertThat(trust.check(MESH)).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(trust.configure(MESH))
                .extracting(AppliedObject::outcome)
                .containsExactly(ApplyOutcome.UNCHANGED, ApplyOutcome.CREATED);
    }

    @Test
    void shouldPlanWithoutWriting() {
        // given
        cluster1.with(GivenCa.cacerts(ours, "cluster1"));

        // when
        SortedMap<ClusterName, DesiredCa> desired = trust.desired(MESH);

        // then
        assertThat(desired.values()).extracting(DesiredCa::identity).containsOnly("under " + ours.fingerprint());
        assertThat(desired.get(new ClusterName("cluster1")))
                .extracting(DesiredCa::note, InstanceOfAssertFactories.STRING)
                .startsWith("stays as it is, under the root with SHA-256 fingerprint " + ours.fingerprint());
        assertThat(desired.get(new ClusterName("cluster2")))
                .extracting(DesiredCa::note, InstanceOfAssertFactories.STRING)
                .isEqualTo(
                        "an intermediate CA under the root with SHA-256 fingerprint %s, signed by the root in the keystore"
                                .formatted(ours.fingerprint()));
        assertNothingWritten();
    }

    @Test
    void shouldReportAnUnusableKeystoreAsAFinding() throws Exception {
        // given
        Files.writeString(folder.resolve("root-ca.p12"), "not a keystore");

        // when / then
        assertThat(trust.check(MESH))
                .singleElement()
                .satisfies(f -> assertThat(f.where()).isEqualTo("root certificate"));
    }

    @Test
    void shouldLeaveAloneWhatAppearsBetweenLookingAndWriting() {
        // given: somebody else is faster than our write to cluster2
        Secret theirs = GivenCa.cacerts(GivenCa.root(), "cluster2");
        Clusters inParallelWithSomebody = new Clusters() {
            private final Clusters clusters = ClustersInMemory.of(cluster1, cluster2);
            private boolean looked;

            @Override
            public Cluster get(ClusterName name) {
                return clusters.get(name);
            }

            @Override
            public <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step) {
                if (looked) {
                    cluster2.with(theirs);
                }
                looked = true;
                return clusters.inEach(names, step);
            }
        };
        TrustProperties properties = GivenCa.properties(folder.resolve("root-ca.p12"), KeyType.EC_P256);
        MeshTrust slow =
                new MeshTrust(inParallelWithSomebody, GivenCa.keystore(properties), properties, GivenCa.noValues());

        // when / then: the next try judges it
        assertThatThrownBy(() -> slow.configure(MESH)).isInstanceOf(TransientException.class);
        assertThat(cluster2.written()).isEmpty();
        assertThatThrownBy(() -> slow.configure(MESH)).isInstanceOf(StepFailed.class);
    }

    @Test
    void shouldLeaveOutPureRemotesUnlessAskedTo() {
        // given
        Mesh mesh = new Mesh(
                new MeshId("mesh1"),
                Topology.PRIMARY_REMOTE,
                IstioVersion.parse("1.30.3"),
                List.of(
                        primary("cluster1"),
                        Member.remote(
                                new ClusterName("cluster2"),
                                new NetworkName("cluster1-net"),
                                new ClusterName("cluster1"))));

        // when
        List<AppliedObject> applied = trust.configure(mesh);

        // then: a remote runs no istiod that could read cacerts
        assertThat(applied).extracting(AppliedObject::cluster).containsExactly(new ClusterName("cluster1"));
        assertThat(cluster2.written()).isEmpty();
    }

    private void assertNothingWritten() {
        assertThat(cluster1.written()).isEmpty();
        assertThat(cluster2.written()).isEmpty();
    }

    private static X509Certificate intermediate(ClusterInMemory cluster) throws Exception {
        Secret secret = cluster.find(Secret.class, "istio-system", "cacerts").orElseThrow();
        return Pem.certificates(CacertsForm.decoded(secret, "ca-cert.pem")).get(0);
    }

    private static Deployment istiod(int available) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istiod")
                .addToLabels("app", "istiod")
                .endMetadata()
                .withNewStatus()
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static Member primary(String cluster) {
        return Member.primary(new ClusterName(cluster), new NetworkName(cluster + "-net"));
    }
}
