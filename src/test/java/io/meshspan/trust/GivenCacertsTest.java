package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.trust.OfflineRoot.Signed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that others made: an offline root, whose key nobody has, an issuing CA, and what that signed. */
class GivenCacertsTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(primary("cluster1"), primary("cluster2")));

    private final Path folder;
    private final ClusterInMemory cluster1 = new ClusterInMemory("cluster1");
    private final ClusterInMemory cluster2 = new ClusterInMemory("cluster2");
    private final OfflineRoot root = OfflineRoot.named("Offline Root");
    private final Signed issuing = root.signs("Issuing CA", 1);

    GivenCacertsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource(
            value = TrustSource.class,
            names = {"GIVEN", "KEYSTORE", "VAULT"})
    void shouldGoOnWithoutSigningWhereEachClusterHasItsIntermediateOfOneRoot(TrustSource source) {
        // given: cert-manager's form and Istio's, EC and RSA
        cluster1.with(tls(issuing.signs("istio-ca-1", 0)));
        cluster2.with(istio(issuing.signsWithRsa("istio-ca-2", 0)));
        MeshTrust trust = trust(source);

        // when
        List<Finding> findings = trust.check(MESH);
        List<AppliedObject> applied = trust.configure(MESH);

        // then
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.NOTE);
            assertThat(f.where()).isEqualTo("cluster1, cluster2");
            assertThat(f.found()).contains(CertificateFingerprint.of(root.certificate()), "CN=Offline Root");
        });
        assertThat(applied).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.UNCHANGED);
        assertThat(trust.desired(MESH).values())
                .extracting(DesiredCa::identity)
                .containsOnly("under " + CertificateFingerprint.of(root.certificate()));
        assertThat(folder).isEmptyDirectory();
        assertNothingWritten();
    }

    @Test
    void shouldAskForTheMissingOnesAndSignNothing() {
        // given
        cluster1.with(tls(issuing.signs("istio-ca-1", 0)));
        MeshTrust trust = trust(TrustSource.GIVEN);

        // when / then
        assertThat(trust.check(MESH)).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(f.where()).isEqualTo("cluster2");
            assertThat(f.found()).isEqualTo("none");
            assertThat(f.advice()).contains("tls.crt, tls.key and ca.crt", "root-cert.pem");
        });
        assertThatThrownBy(() -> trust.configure(MESH)).isInstanceOf(StepFailed.class);
        assertThat(folder).isEmptyDirectory();
        assertNothingWritten();
    }

    @Test
    void shouldShowRootsThatDifferByTheirFingerprints() {
        // given
        OfflineRoot other = OfflineRoot.named("Other Root");
        cluster1.with(tls(issuing.signs("istio-ca-1", 0)));
        cluster2.with(tls(other.signs("istio-ca-2", 0)));

        // when / then
        assertThat(trust(TrustSource.GIVEN).check(MESH)).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(f.found())
                    .contains("cluster1 has root " + CertificateFingerprint.of(root.certificate()))
                    .contains("cluster2 has root " + CertificateFingerprint.of(other.certificate()));
        });
    }

    @Test
    void shouldTakeTwoRootsWhereEachClusterTrustsBoth() {
        // given
        OfflineRoot next = OfflineRoot.named("Next Root");
        Signed first = issuing.signs("istio-ca-1", 0);
        Signed second = next.signs("istio-ca-2", 0);
        cluster1.with(tls(first, root.certificatePem() + next.certificatePem()));
        cluster2.with(tls(second, next.certificatePem() + root.certificatePem()));

        // when / then
        assertThat(trust(TrustSource.GIVEN).check(MESH)).isEmpty();
        assertThat(trust(TrustSource.GIVEN).configure(MESH)).hasSize(2);

        // and where one does not trust the other's
        cluster2.delete(tls(second));
        cluster2.with(tls(second));
        assertThat(trust(TrustSource.GIVEN).check(MESH))
                .extracting(Finding::severity)
                .containsExactly(Severity.BLOCKING);
    }

    @Test
    void shouldRefuseARootThatIsNotTheCompanys() throws Exception {
        // given
        OfflineRoot company = OfflineRoot.named("Company Root");
        Path file = Files.writeString(folder.resolve("roots.pem"), company.certificatePem());
        cluster1.with(tls(issuing.signs("istio-ca-1", 0)));
        cluster2.with(tls(issuing.signs("istio-ca-2", 0)));

        // when / then
        assertThat(trust(TrustSource.GIVEN, file, GivenCa.noValues()).check(MESH))
                .filteredOn(f -> f.severity() == Severity.BLOCKING)
                .extracting(Finding::where)
                .containsExactly("cluster1", "cluster2");
    }

    @Test
    void shouldTellEverythingThatMakesPeersRefuseAChain() {
        // given
        NameConstraints corporate = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "corp.example"))}, null);
        Signed tooShort = root.signs("Short CA", 0);
        Signed constrained = root.signs("Corp CA", 1, Map.of(Extension.nameConstraints, corporate));
        Signed serverOnly = root.signs(
                "Server CA",
                1,
                Map.of(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
        Signed noSigner = root.signs("Leaf", 0, Map.of(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)));

        // when / then
        assertThat(blocking(tls(tooShort.signs("istio-ca", 0)))).contains("pathlen:0 with 1 authority below it");
        assertThat(blocking(tls(constrained.signs("istio-ca", 0)))).contains("name constraints that do not");
        assertThat(blocking(tls(serverOnly.signs("istio-ca", 0))))
                .contains("another one, which then holds for each workload");
        assertThat(blocking(tls(noSigner))).contains("a key usage without it: it may not sign certificates");
        assertThat(blocking(tls(root.signsLeaf("leaf")))).contains("CA:false, which may sign nothing");
        Secret right = tls(issuing.signs("istio-ca", 0));
        assertThat(blocking(GivenCa.with(right, "tls.key", GivenCa.keyPem(KeyType.EC_P256.generate()))))
                .contains("an RSA or EC key that does not match it");
        assertThat(blocking(right)).isEmpty();
    }

    /** Keys that Java reads and Go, in which istiod is written, does not; and keys that nobody should trust any more. */
    @ParameterizedTest
    @CsvSource({
        "EC, brainpoolP256r1, 'a key on the curve 1.3.36.3.3.2.8.1.1.7, which istiod cannot read'",
        "EC, secp256k1, 'a key on the curve 1.3.132.0.10, which istiod cannot read'",
        "RSA, 1024, 'RSA with 1024 bits'",
    })
    void shouldTellOfKeysThatIstiodOrAPeerDoesNotTake(String algorithm, String parameters, String found)
            throws Exception {
        // given
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
        generator.initialize(
                algorithm.equals("EC")
                        ? new ECGenParameterSpec(parameters)
                        : new RSAKeyGenParameterSpec(Integer.parseInt(parameters), RSAKeyGenParameterSpec.F4));
        OfflineRoot unusual = OfflineRoot.named("Unusual Root", generator.generateKeyPair());

        // when / then
        assertThat(inspected(tls(unusual.signs("istio-ca", 0), unusual.certificatePem())))
                .extracting(Finding::found)
                .contains(found);
    }

    /** As roots of before 2000: both Go and BoringSSL take them. */
    @Test
    void shouldTakeARootOfVersion1() {
        OfflineRoot old = OfflineRoot.ofVersion1("Old Root");

        assertThat(blocking(tls(old.signs("Issuing CA", 1).signs("istio-ca", 0), old.certificatePem())))
                .isEmpty();
    }

    /** As files of companies are: a title above each certificate, ends of lines of Windows, several roots. */
    @Test
    void shouldReadABundleAsPeopleKeepThem() {
        Signed first = issuing.signs("istio-ca-1", 0);
        String bundle = "# Other Root\n" + OfflineRoot.named("Other Root").certificatePem()
                + "\nsubject=CN = Offline Root\n" + root.certificatePem() + root.certificatePem();

        assertThat(inspected(tls(first, bundle.replace("\n", "\r\n")))).isEmpty();
    }

    @Test
    void shouldWarnOfAnIssuingCaInPlaceOfTheRoot() {
        // given
        Signed first = issuing.signs("istio-ca-1", 0);

        // when / then
        assertThat(inspected(tls(first, issuing.certificatePem())))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.WARNING))
                .satisfies(f -> assertThat(f.found()).contains("the issuing CA CN=Issuing CA"));
    }

    @Test
    void shouldLeaveClustersAloneWhereAnotherCaSigns() {
        // given
        HelmValues istioCsr = new HelmValues(Map.of(
                "global", Map.of("caAddress", "cert-manager-istio-csr.cert-manager.svc:443"),
                "pilot", Map.of("env", Map.of("ENABLE_CA_SERVER", "false"))));
        MeshTrust trust = trust(TrustSource.KEYSTORE, null, GivenCa.values(istioCsr));

        // when / then: istio-csr is not there yet
        assertThat(trust.check(MESH))
                .filteredOn(f -> f.severity() == Severity.BLOCKING)
                .extracting(Finding::what)
                .containsOnly("Service cert-manager/cert-manager-istio-csr");

        // when it is
        cluster1.with(OfflineRoot.service("cert-manager", "cert-manager-istio-csr"));
        cluster2.with(OfflineRoot.service("cert-manager", "cert-manager-istio-csr"));

        // then
        assertThat(trust.check(MESH)).extracting(Finding::severity).containsOnly(Severity.NOTE);
        assertThat(trust.desired(MESH)).isEmpty();
        assertThat(trust.configure(MESH)).isEmpty();
        assertThat(folder).isEmptyDirectory();
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "F", "0"})
    void shouldRefuseToMakeIstiodACaAgainWhereAnotherOneSigns(String off) {
        // given
        cluster1.with(OfflineRoot.istiodWith("ENABLE_CA_SERVER", off));
        cluster2.with(tls(issuing.signs("istio-ca-2", 0)));

        // when / then
        assertThat(trust(TrustSource.GIVEN).check(MESH))
                .filteredOn(f -> f.severity() == Severity.BLOCKING)
                .singleElement()
                .satisfies(f -> assertThat(f.where()).isEqualTo("cluster1"))
                .satisfies(f -> assertThat(f.advice()).contains("global.caAddress"));
    }

    private List<String> blocking(Secret secret) {
        return inspected(secret).stream()
                .filter(f -> f.severity() == Severity.BLOCKING)
                .map(Finding::found)
                .toList();
    }

    private static List<Finding> inspected(Secret secret) {
        return CacertsInspection.of(new ClusterName("cluster1"), secret, "cluster.local", false, Instant.now())
                .findings();
    }

    private MeshTrust trust(TrustSource source) {
        return trust(source, null, GivenCa.noValues());
    }

    private MeshTrust trust(TrustSource source, @Nullable Path rootCertificates, ValuesLayers values) {
        TrustProperties properties = GivenCa.properties(source, folder.resolve("keys/root-ca.p12"), rootCertificates);
        return new MeshTrust(ClustersInMemory.of(cluster1, cluster2), GivenCa.keystore(properties), properties, values);
    }

    private Secret tls(Signed signed) {
        return tls(signed, signed.root().certificatePem());
    }

    private static Secret tls(Signed signed, String roots) {
        return secret(Map.of("tls.crt", signed.chainPem(), "tls.key", signed.keyPem(), "ca.crt", roots));
    }

    private static Secret istio(Signed signed) {
        return secret(Map.of(
                "ca-cert.pem", signed.certificatePem(),
                "ca-key.pem", signed.keyPem(),
                "cert-chain.pem", signed.chainPem(),
                "root-cert.pem", signed.root().certificatePem()));
    }

    private static Secret secret(Map<String, String> entries) {
        SecretBuilder secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("cacerts")
                .endMetadata();
        entries.forEach((key, value) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII))));
        return secret.build();
    }

    private void assertNothingWritten() {
        assertThat(cluster1.written()).isEmpty();
        assertThat(cluster2.written()).isEmpty();
    }

    private static Member primary(String cluster) {
        return Member.primary(new ClusterName(cluster), new NetworkName("network1"));
    }
}
