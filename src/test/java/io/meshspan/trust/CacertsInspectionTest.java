package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ListAssert;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacertsInspectionTest {

    private final RootCa root = GivenCa.root();
    private final Secret good = GivenCa.cacerts(root, "cluster1");

    @Test
    void shouldFindNothingWrongWithWhatMeshspanIssues() {
        // when
        CacertsInspection inspection = inspect(good);

        // then
        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.root()).contains(root.certificate());
    }

    @Test
    void shouldReadTheFormOfTlsSecrets() {
        // given
        Secret tls = new SecretBuilder()
                .withNewMetadata()
                .endMetadata()
                .addToData("tls.crt", good.getData().get("ca-cert.pem"))
                .addToData("tls.key", good.getData().get("ca-key.pem"))
                .addToData("ca.crt", good.getData().get("root-cert.pem"))
                .build();

        // when / then
        assertThat(inspect(tls).findings()).isEmpty();
        assertThat(inspect(tls).root()).contains(root.certificate());
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void shouldReadKeysInTheirTraditionalForm(KeyType type) throws Exception {
        // given
        Secret secret = Cacerts.issue(
                root, new ClusterName("cluster1"), type, Validity.startingBefore(Instant.now(), GivenCa.TEN_YEARS));
        PrivateKey key = Pem.privateKey(CacertsForm.decoded(secret, "ca-key.pem"));
        String traditional = traditional(key);

        // when / then
        assertThat(inspect(GivenCa.with(secret, "ca-key.pem", traditional)).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem"})
    void shouldNameAMissingEntry(String entry) {
        assertFinding(GivenCa.without(good, entry))
                .satisfiesExactly(f -> assertThat(f.found()).isEqualTo("no entry " + entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-cert.pem", "ca-key.pem", "root-cert.pem"})
    void shouldNameAnEntryThatCannotBeReadWithoutRepeatingIt(String entry) {
        // given
        Secret garbled =
                GivenCa.with(good, entry, "-----BEGIN CERTIFICATE-----\nZ2FyYmxlZA==\n-----END CERTIFICATE-----\n");

        // when / then
        assertFinding(garbled)
                .satisfiesExactly(f -> assertThat(f.toString()).contains(entry).doesNotContain("Z2FyYmxlZA"));
    }

    @Test
    void shouldFindAChainThatDoesNotLeadToItsRoot() {
        // given: the root's name is the same, its key is not
        Secret tampered = GivenCa.with(
                good, "root-cert.pem", GivenCa.text(GivenCa.cacerts(GivenCa.root(), "x"), "root-cert.pem"));

        // when / then
        assertFinding(tampered).satisfiesExactly(f -> assertThat(f.found()).contains("signatures that do not lead"));
        assertThat(inspect(tampered).root()).isEmpty();
    }

    @Test
    void shouldFindAChainThatWorkloadsCannotPresent() {
        // given: istiod starts with it, but no peer can verify its workloads
        Secret tampered = GivenCa.with(good, "cert-chain.pem", GivenCa.text(good, "root-cert.pem"));

        // when / then
        assertFinding(tampered).satisfiesExactly(f -> assertThat(f.found()).isEqualTo("a chain without it"));
    }

    @Test
    void shouldFindAPathLengthThatForbidsWorkloads() {
        // given: an authority of path length 0 that signed another authority
        Secret parent = GivenCa.cacerts(root, "parent");
        RootCa signer = authority(parent);
        Secret child = GivenCa.cacerts(signer, "child");
        Secret tooLong = GivenCa.with(
                GivenCa.with(child, "root-cert.pem", GivenCa.text(good, "root-cert.pem")),
                "cert-chain.pem",
                GivenCa.text(child, "ca-cert.pem") + GivenCa.text(parent, "ca-cert.pem"));

        // when / then
        assertFinding(tooLong)
                .satisfiesExactly(f -> assertThat(f.expected())
                        .isEqualTo("a path length of 1 or more, or none, on L=parent,CN=Intermediate CA,O=Istio"));
    }

    @Test
    void shouldFindTheKeyOfAnotherCertificate() {
        // given
        Secret wrongKey = GivenCa.with(good, "ca-key.pem", GivenCa.keyPem(KeyType.EC_P256.generate()));

        // when / then
        assertFinding(wrongKey).satisfiesExactly(f -> assertThat(f.found()).contains("does not match"));
    }

    @Test
    void shouldFindAnExpiredIntermediate() {
        // given
        Instant now = Instant.now();
        RootCa old = Issuer.root(
                KeyType.EC_P256.generate(), Validity.startingBefore(now.minus(Duration.ofDays(9)), GivenCa.TEN_YEARS));
        Secret expired = GivenCa.cacerts(
                old, "cluster1", Validity.startingBefore(now.minus(Duration.ofDays(8)), Duration.ofDays(7)));

        // when / then
        assertFinding(expired).satisfiesExactly(f -> {
            assertThat(f.found()).startsWith("expired at");
            assertThat(f.severity()).isEqualTo(Severity.BLOCKING);
        });
    }

    @Test
    void shouldWarnWithinThirtyDaysOfTheEnd() {
        // given
        Secret ending = GivenCa.cacerts(root, "cluster1", Validity.startingBefore(Instant.now(), Duration.ofDays(29)));

        // when / then
        assertFinding(ending).satisfiesExactly(f -> {
            assertThat(f.severity()).isEqualTo(Severity.WARNING);
            assertThat(f.where()).isEqualTo("cluster1");
        });
    }

    private static ListAssert<Finding> assertFinding(Secret secret) {
        return assertThat(inspect(secret).findings());
    }

    private static CacertsInspection inspect(Secret secret) {
        return CacertsInspection.of(new ClusterName("cluster1"), secret, "cluster.local", true, Instant.now());
    }

    private static RootCa authority(Secret secret) {
        try {
            return new RootCa(
                    Pem.certificates(CacertsForm.decoded(secret, "ca-cert.pem")).get(0),
                    Pem.privateKey(CacertsForm.decoded(secret, "ca-key.pem")));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** SEC1 or PKCS#1, as {@code openssl ecparam -genkey} and older {@code openssl genrsa} write them. */
    private static String traditional(PrivateKey key) throws IOException {
        ASN1Encodable inner = key instanceof ECPrivateKey ec
                ? new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), SECObjectIdentifiers.secp256r1)
                : PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey();
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(
                    key instanceof ECPrivateKey ? "EC PRIVATE KEY" : "RSA PRIVATE KEY",
                    inner.toASN1Primitive().getEncoded()));
        }
        return text.toString();
    }
}
