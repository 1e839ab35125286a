package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StartupFailure;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.trust.OfflineRoot.Signed;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who signs where the root's key is not here: an issuing CA, Vault, cert-manager. */
class SignersTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(primary("cluster1"), primary("cluster2")));

    private final Path folder;
    private final CertManagerCluster cluster1 = new CertManagerCluster("cluster1");
    private final CertManagerCluster cluster2 = new CertManagerCluster("cluster2");
    private final OfflineRoot root = OfflineRoot.named("Offline Root");
    private final Signed issuing = root.signs("Issuing CA", 1);

    SignersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldSignWithAnIssuingCaBelowTheRoot() throws Exception {
        // given
        TrustProperties properties = issuer(issuing, issuing.chain(), null);

        // when
        MeshTrust trust = trust(properties);
        List<AppliedObject> applied = trust.configure(MESH);

        // then
        assertThat(applied).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.CREATED);
        assertUnderTheRoot(cluster1);
        assertThat(trust.check(MESH)).isEmpty();
        assertThat(trust.desired(MESH).values())
                .extracting(DesiredCa::identity)
                .containsOnly("under " + CertificateFingerprint.of(root.certificate()));
    }

    @Test
    void shouldTakeTheRootFromItsFileWhereTheKeystoreEndsBelowIt() throws Exception {
        // given
        List<X509Certificate> alone = List.of(issuing.certificate());
        Path file = Files.writeString(folder.resolve("roots.pem"), root.certificatePem());

        // when / then
        assertThatThrownBy(() -> trust(issuer(issuing, alone, null)).configure(MESH))
                .hasMessageContaining("meshspan.trust.root-certificates");
        trust(issuer(issuing, alone, file)).configure(MESH);
        assertUnderTheRoot(cluster2);
    }

    @Test
    void shouldRefuseAnIssuingCaThatMaySignNoAuthority() throws Exception {
        // given
        Signed last = root.signs("Last CA", 0);
        TrustProperties properties = issuer(last, last.chain(), null);

        // when / then: in the preflight, and at start
        assertThat(trust(properties).check(MESH))
                .singleElement()
                .satisfies(f -> assertThat(f.found()).contains("pathlen:0 with 1 authority below it"));
        assertThatThrownBy(() -> atStart(properties)).isInstanceOf(StartupFailure.class);
    }

    @Test
    void shouldAskForNoKeystoreAtStartWhereNothingIsSignedHere() throws Exception {
        // given: a file that is none
        Path file = Files.writeString(folder.resolve("root-ca.p12"), "no keystore");

        // when
        atStart(GivenCa.properties(TrustSource.GIVEN, file, null));

        // then
        assertThat(folder.resolve("evidence.p12")).exists();
        assertThat(file).hasContent("no keystore");
        assertThatThrownBy(() -> atStart(GivenCa.properties(TrustSource.KEYSTORE, file, null)))
                .isInstanceOf(StartupFailure.class);
    }

    @Test
    void shouldHaveVaultSignRequestsWhoseKeysStayHere() throws Exception {
        // given
        try (VaultStandIn vault = new VaultStandIn(folder, issuing)) {
            MeshTrust trust = trust(vault(vault, VaultStandIn.TOKEN));

            // when
            assertThat(trust.check(MESH)).isEmpty();
            assertThat(trust.desired(MESH).get(new ClusterName("cluster1")))
                    .extracting(DesiredCa::note, InstanceOfAssertFactories.STRING)
                    .contains(CertificateFingerprint.of(root.certificate()), "signed by Vault at " + vault.address());
            trust.configure(MESH);

            // then
            assertUnderTheRoot(cluster1);
            assertUnderTheRoot(cluster2);
            assertThat(vault.signed()).hasSize(2).allSatisfy(body -> {
                assertThat(body.path("format").asText()).isEqualTo("pem_bundle");
                assertThat(body.path("csr").asText()).startsWith("-----BEGIN CERTIFICATE REQUEST-----");
                assertThat(body.toString()).doesNotContain("PRIVATE KEY");
            });
            trust.configure(MESH);
            assertThat(vault.signed()).hasSize(2);
        }
    }

    @Test
    void shouldReadTheTokenAnewAndTellItToNobody() throws Exception {
        // given
        try (VaultStandIn vault = new VaultStandIn(folder, issuing)) {
            TrustProperties properties = vault(vault, "hvs.an-old-token");
            MeshTrust trust = trust(properties);

            // when / then
            assertThat(trust.check(MESH)).singleElement().satisfies(f -> {
                assertThat(f.found()).isEqualTo("HTTP 403: permission denied");
                assertThat(f.toString()).doesNotContain("hvs.");
            });
            assertThatThrownBy(() -> trust.configure(MESH))
                    .isInstanceOf(StepFailed.class)
                    .hasMessageNotContaining("hvs.");

            // when an agent has renewed it
            Files.writeString(folder.resolve("token"), VaultStandIn.TOKEN + "\n");

            // then
            trust.configure(MESH);
            assertUnderTheRoot(cluster1);
        }
    }

    @Test
    void shouldTellARefusalOfVaultInItsOwnWordsAndTryAgainWhatMayPass() throws Exception {
        // given
        try (VaultStandIn vault = new VaultStandIn(folder, issuing)) {
            MeshTrust trust = trust(vault(vault, VaultStandIn.TOKEN));

            // when / then
            vault.fails(
                    400, "{\"errors\":[\"cannot satisfy request, as TTL would result in notAfter beyond the CA\"]}");
            assertThatThrownBy(() -> trust.configure(MESH))
                    .isInstanceOf(StepFailed.class)
                    .hasMessageContaining("HTTP 400: cannot satisfy request, as TTL");
            vault.fails(503, "{\"errors\":[\"Vault is sealed\"]}");
            assertThatThrownBy(() -> trust.configure(MESH))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("Vault is sealed");
            assertThat(cluster1.find(Secret.class, "istio-system", "cacerts")).isEmpty();
        }
    }

    @Test
    void shouldTellAVaultThatIsNotThereAndOneThatNobodyVouchesFor() throws Exception {
        VaultStandIn vault = new VaultStandIn(folder, issuing);
        Path other = Files.writeString(folder.resolve("other-ca.pem"), root.certificatePem());
        MeshTrust distrusting = trust(vault(vault, VaultStandIn.TOKEN, other));
        assertThat(distrusting.check(MESH)).extracting(Finding::advice).allMatch(a -> a.contains("ca-file"));
        MeshTrust trust = trust(vault(vault, VaultStandIn.TOKEN));
        vault.close();
        assertThatThrownBy(() -> trust.check(MESH))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void shouldWaitForCertManagerAndLeaveNothingBehind() throws Exception {
        // given
        MeshTrust trust = certManager();
        assertThat(trust.check(MESH)).isEmpty();

        // when / then: asked, not approved, approved in one cluster only
        assertThatThrownBy(() -> trust.configure(MESH)).isInstanceOf(TransientException.class);
        assertThatThrownBy(() -> trust.configure(MESH))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("cluster1: CertificateRequest istio-system/meshspan-cacerts-")
                .hasMessageContaining("not approved yet");
        cluster1.signed(issuing);
        assertThatThrownBy(() -> trust.configure(MESH))
                .hasMessageNotContaining("cluster1:")
                .hasMessageContaining("cluster2:");
        assertThat(cluster1.find(Secret.class, "istio-system", "cacerts")).isEmpty();
        cluster2.signed(issuing);
        List<AppliedObject> applied = trust.configure(MESH);

        // then
        assertThat(applied).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.CREATED);
        assertUnderTheRoot(cluster1);
        assertUnderTheRoot(cluster2);
        assertThat(cluster1.objects())
                .extracting(o -> o.getMetadata().getName())
                .containsExactlyInAnyOrder("company-ca", "cacerts");
        assertThat(trust.desired(MESH).values())
                .extracting(DesiredCa::identity)
                .containsOnly("signed by ClusterIssuer company-ca (cert-manager.io)");
    }

    /** The step before the wait requests, what the wait asks says when there is an answer, and then nothing is asked again. */
    @Test
    void shouldRequestOnceAndBeToldWhenAllCertificatesAreThere() throws Exception {
        // given
        MeshTrust trust = certManager();
        CertificateRequests requests = requests();
        assertThat(requests.needed()).isTrue();
        assertThat(requests.open(MESH)).isEmpty();

        // when: twice, as after a crash between the request and the certificate
        assertThat(trust.request(MESH))
                .extracting(a -> a.object().kind() + " " + a.outcome())
                .containsOnly("Secret CREATED", "CertificateRequest CREATED");
        assertThat(trust.request(MESH)).extracting(AppliedObject::outcome).containsOnly(ApplyOutcome.UNCHANGED);

        // then
        assertThat(requests.open(MESH)).hasSize(2).noneMatch(CertificateRequests.OpenRequest::refused);
        cluster1.says("Ready", "False", "Pending", "Waiting on certificate issuance from order istio-system/order-1");
        cluster2.signed(issuing);
        assertThat(requests.open(MESH)).singleElement().satisfies(open -> {
            assertThat(open.finding().where()).isEqualTo("cluster1");
            assertThat(open.finding().found()).contains("not approved yet", "Waiting on certificate issuance");
        });
        cluster1.signed(issuing);
        assertThat(requests.open(MESH)).isEmpty();
        trust.configure(MESH);
        assertUnderTheRoot(cluster1);
        assertThat(trust.request(MESH)).isEmpty();
    }

    /** Kubernetes deletes the request with the Secret that has its key, whoever deletes that: a roll back, a removal. */
    @Test
    void shouldLetTheKeyOwnItsRequestAndMarkItForARemoval() {
        // given
        MeshTrust trust = certManager();

        // when
        trust.request(MESH);

        // then
        Secret key = cluster1.find(Secret.class, "istio-system", "meshspan-cacerts-key")
                .orElseThrow();
        assertThat(new ApplySet(MESH.id()).contains(key)).isTrue();
        assertThat(cluster1.request().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> {
                    assertThat(owner.getUid()).isEqualTo(key.getMetadata().getUid());
                    assertThat(owner.getName()).isEqualTo("meshspan-cacerts-key");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "Denied, True, policy.cert-manager.io, no CA certificates in this cluster",
        "InvalidRequest, True, RequestError, x509: unknown key usage",
        "Ready, False, Failed, the CA refused: isCA is not allowed by the role",
        "Ready, False, Denied, The CertificateRequest was denied by an approval controller",
    })
    void shouldTellWhatCertManagerRefusedAndRequestAgain(String type, String status, String reason, String message) {
        // given
        MeshTrust trust = certManager();
        trust.request(MESH);

        // when
        cluster1.says(type, status, reason, message);

        // then
        assertThat(requests().open(MESH))
                .filteredOn(CertificateRequests.OpenRequest::refused)
                .singleElement()
                .satisfies(open -> assertThat(open.finding().toString()).contains("cluster1", reason, message));
        assertThatThrownBy(() -> trust.configure(MESH))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining(message);

        // when a person has it tried again
        assertThat(trust.request(MESH))
                .extracting(a -> "%s %s %s".formatted(a.cluster(), a.object().kind(), a.outcome()))
                .contains("cluster1 CertificateRequest DELETED", "cluster1 CertificateRequest CREATED")
                .doesNotContain("cluster2 CertificateRequest DELETED");
        assertThat(requests().open(MESH)).noneMatch(CertificateRequests.OpenRequest::refused);
    }

    @Test
    void shouldMissTheIssuerInThePreflight() {
        // given
        MeshTrust trust = certManager();
        cluster2.delete(new ObjectRef(CertManagerRequest.API, "ClusterIssuer", null, "company-ca").reference());

        // when / then
        assertThat(trust.check(MESH)).singleElement().satisfies(f -> {
            assertThat(f.where()).isEqualTo("cluster2");
            assertThat(f.what()).isEqualTo("ClusterIssuer company-ca");
        });
    }

    private MeshTrust certManager() {
        cluster1.with(clusterIssuer());
        cluster2.with(clusterIssuer());
        return trust(GivenCa.properties(TrustSource.CERT_MANAGER, folder.resolve("root-ca.p12"), null));
    }

    private CertificateRequests requests() {
        return new CertificateRequests(
                ClustersInMemory.of(cluster1, cluster2),
                GivenCa.properties(TrustSource.CERT_MANAGER, folder.resolve("root-ca.p12"), null));
    }

    private static GenericKubernetesResource clusterIssuer() {
        return new ObjectRef(CertManagerRequest.API, "ClusterIssuer", null, "company-ca").reference();
    }

    private void assertUnderTheRoot(ClusterInMemory cluster) {
        CacertsInspection inspection = CacertsInspection.of(
                cluster.name(),
                cluster.find(Secret.class, "istio-system", "cacerts").orElseThrow(),
                "cluster.local",
                true,
                Instant.now());
        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.root()).contains(root.certificate());
        assertThat(inspection.chain().path()).hasSize(3);
    }

    private MeshTrust trust(TrustProperties properties) {
        return new MeshTrust(
                ClustersInMemory.of(cluster1, cluster2), GivenCa.keystore(properties), properties, GivenCa.noValues());
    }

    private static void atStart(TrustProperties properties) {
        new KeystoreAtStart(properties, GivenCa.keystore(properties), new EvidenceKey(properties)).afterPropertiesSet();
    }

    private TrustProperties issuer(Signed ca, List<X509Certificate> chain, @Nullable Path roots) throws Exception {
        Path file = folder.resolve("issuing.p12");
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setKeyEntry(
                "ca", ca.keys().getPrivate(), GivenCa.PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file)) {
            keystore.store(out, GivenCa.PASSWORD.toCharArray());
        }
        return GivenCa.properties(TrustSource.ISSUER, file, roots);
    }

    private TrustProperties vault(VaultStandIn vault, String token) throws Exception {
        return vault(vault, token, vault.caFile());
    }

    private TrustProperties vault(VaultStandIn vault, String token, Path caFile) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), token + "\n");
        TrustProperties usual = GivenCa.properties(TrustSource.VAULT, folder.resolve("root-ca.p12"), null);
        return new TrustProperties(
                TrustSource.VAULT,
                usual.keystorePassword(),
                usual.keystore(),
                null,
                usual.keyType(),
                usual.rootValidity(),
                usual.intermediateValidity(),
                false,
                usual.certManager(),
                new TrustProperties.Vault(
                        vault.address(), "pki", "default", null, file, caFile, Duration.ofSeconds(10)));
    }

    private static Member primary(String cluster) {
        return Member.primary(new ClusterName(cluster), new NetworkName("network1"));
    }

    /** Plays cert-manager's part. */
    private static final class CertManagerCluster extends ClusterInMemory {

        CertManagerCluster(String name) {
            super(name);
            controlledBy(object -> {
                object.getMetadata().setUid(UUID.randomUUID().toString());
                return object;
            });
        }

        void says(String type, String status, String reason, String message) {
            request()
                    .setAdditionalProperty(
                            "status",
                            Map.of(
                                    "conditions",
                                    List.of(Map.of(
                                            "type", type, "status", status, "reason", reason, "message", message))));
        }

        void signed(Signed issuing) throws Exception {
            String csr = new String(
                    Base64.getDecoder().decode(request().<String>get("spec", "request")), StandardCharsets.US_ASCII);
            assertThat(request().<Boolean>get("spec", "isCA")).isTrue();
            try (PEMParser parser = new PEMParser(new StringReader(csr))) {
                X509Certificate certificate = issuing.signs((PKCS10CertificationRequest) parser.readObject());
                request()
                        .setAdditionalProperty(
                                "status",
                                Map.of(
                                        "conditions",
                                        List.of(Map.of(
                                                "type", "Ready", "status", "True", "reason", "Issued", "message", "")),
                                        "certificate",
                                        base64(OfflineRoot.pem(certificate) + issuing.certificatePem()),
                                        "ca",
                                        base64(OfflineRoot.pem(issuing.chain().get(1)))));
            }
        }

        private GenericKubernetesResource request() {
            return objects().stream()
                    .filter(o -> o.getKind().equals("CertificateRequest"))
                    .map(GenericKubernetesResource.class::cast)
                    .findFirst()
                    .orElseThrow();
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
