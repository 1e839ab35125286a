package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attributes are those of tools/certs/Makefile.selfsigned.mk of Istio. */
class CacertsTest {

    /** digitalSignature, nonRepudiation, keyEncipherment and keyCertSign; no cRLSign. */
    private static final boolean[] USAGE = {true, true, true, false, false, true, false, false, false};

    private static final String SUBJECT_KEY_ID = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SAN = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY_ID = "2.5.29.35";

    private final Validity tenYears = Validity.startingBefore(Instant.now(), GivenCa.TEN_YEARS);

    @Test
    void shouldIssueRootAndIntermediateAsTheMakefileDoes() throws Exception {
        assertIssuedAsByTheMakefile(KeyType.EC_P256);
    }

    /** A JVM that compiles for a quick start takes half a minute to find two keys of this size. */
    @Tag("slow")
    @Test
    void shouldIssueRootAndIntermediateAsTheMakefileDoesWithItsOwnKeys() throws Exception {
        assertIssuedAsByTheMakefile(KeyType.RSA_4096);
    }

    private void assertIssuedAsByTheMakefile(KeyType type) throws Exception {
        // when
        RootCa ca = Issuer.root(type.generate(), tenYears);
        Secret secret = Cacerts.issue(ca, new ClusterName("cluster1"), type, tenYears);

        // then
        X509Certificate root = ca.certificate();
        root.verify(root.getPublicKey());
        // SEQUENCE { SET { O UTF8String Istio } SET { CN UTF8String Root CA } }, as OpenSSL encodes it
        assertThat(root.getSubjectX500Principal().getEncoded())
                .asHexString()
                .isEqualTo("3022310E300C060355040A0C05497374696F3110300E06035504030C07526F6F74204341");
        assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(root.getKeyUsage()).isEqualTo(USAGE);
        assertThat(root.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(root.getNonCriticalExtensionOIDs()).containsExactly(SUBJECT_KEY_ID);
        assertThat(length(root)).isEqualTo(Duration.ofDays(3650));

        X509Certificate intermediate = only(secret, "ca-cert.pem");
        intermediate.verify(root.getPublicKey());
        assertThat(intermediate.getIssuerX500Principal().getEncoded())
                .isEqualTo(root.getSubjectX500Principal().getEncoded());
        assertThat(intermediate.getSubjectX500Principal().getName()).isEqualTo("L=cluster1,CN=Intermediate CA,O=Istio");
        assertThat(intermediate.getBasicConstraints()).isZero();
        assertThat(intermediate.getKeyUsage()).isEqualTo(USAGE);
        assertThat(intermediate.getSubjectAlternativeNames()).containsExactly(List.of(2, "istiod.istio-system.svc"));
        assertThat(intermediate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(intermediate.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(SUBJECT_KEY_ID, SAN, AUTHORITY_KEY_ID);
        assertThat(length(intermediate)).isEqualTo(Duration.ofDays(3650));
        assertKeysAreOf(type, root, intermediate);
    }

    @Test
    void shouldFillTheFourEntriesThatIstiodReads() throws Exception {
        // given
        RootCa root = GivenCa.root();

        // when
        Secret secret = GivenCa.cacerts(root, "cluster1");

        // then
        assertThat(secret.getMetadata().getNamespace()).isEqualTo("istio-system");
        assertThat(secret.getMetadata().getName()).isEqualTo("cacerts");
        assertThat(secret.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "meshspan");
        assertThat(secret.getData()).containsOnlyKeys("ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem");
        assertThat(only(secret, "root-cert.pem")).isEqualTo(root.certificate());
        assertThat(GivenCa.text(secret, "cert-chain.pem"))
                .isEqualTo(GivenCa.text(secret, "ca-cert.pem") + GivenCa.text(secret, "root-cert.pem"));
        assertThat(GivenCa.text(secret, "ca-key.pem"))
                .startsWith("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("-----END PRIVATE KEY-----\n");
    }

    @Test
    void shouldNeverIssueAnIntermediateThatOutlivesItsRoot() throws Exception {
        // given
        RootCa root =
                Issuer.root(KeyType.EC_P256.generate(), Validity.startingBefore(Instant.now(), Duration.ofDays(100)));

        // when
        X509Certificate intermediate = only(GivenCa.cacerts(root, "cluster1"), "ca-cert.pem");

        // then
        assertThat(intermediate.getNotAfter()).isEqualTo(root.certificate().getNotAfter());
    }

    private static void assertKeysAreOf(KeyType type, X509Certificate... certificates) {
        for (X509Certificate certificate : certificates) {
            switch (type) {
                case EC_P256 ->
                    assertThat(certificate.getPublicKey())
                            .isInstanceOfSatisfying(
                                    ECPublicKey.class,
                                    key -> assertThat(key.getParams().toString())
                                            .contains("secp256r1"));
                case RSA_4096 ->
                    assertThat(certificate.getPublicKey())
                            .isInstanceOfSatisfying(
                                    RSAPublicKey.class,
                                    key -> assertThat(key.getModulus().bitLength())
                                            .isEqualTo(4096));
            }
            assertThat(certificate.getSigAlgName()).startsWith("SHA256with");
        }
    }

    private static X509Certificate only(Secret secret, String entry) throws Exception {
        List<X509Certificate> found = Pem.certificates(CacertsForm.decoded(secret, entry));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Duration length(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
