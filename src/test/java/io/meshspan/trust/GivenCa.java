package io.meshspan.trust;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the tests of trust start from. */
final class GivenCa {

    static final String PASSWORD = "correct horse battery staple";
    static final Duration TEN_YEARS = Duration.ofDays(3650);

    private GivenCa() {}

    static TrustProperties properties(Path keystore, KeyType type) {
        return properties(keystore, type, PASSWORD);
    }

    static TrustProperties properties(Path keystore, KeyType type, String password) {
        return properties(TrustSource.KEYSTORE, keystore, type, password, null);
    }

    static TrustProperties properties(TrustSource source, Path keystore, @Nullable Path rootCertificates) {
        return properties(source, keystore, KeyType.EC_P256, PASSWORD, rootCertificates);
    }

    private static TrustProperties properties(
            TrustSource source, Path keystore, KeyType type, String password, @Nullable Path rootCertificates) {
        return new TrustProperties(
                source,
                new KeystorePassword(password),
                keystore,
                rootCertificates,
                type,
                TEN_YEARS,
                TEN_YEARS,
                false,
                new TrustProperties.CertManagerIssuer("company-ca", "ClusterIssuer", "cert-manager.io"),
                new TrustProperties.Vault(
                        URI.create("https://vault.example.org"),
                        "pki",
                        "default",
                        null,
                        Path.of("token"),
                        null,
                        Duration.ofSeconds(5)));
    }

    /** A mesh that gives no values. */
    static ValuesLayers noValues() {
        return values(HelmValues.NONE);
    }

    static ValuesLayers values(HelmValues istiod) {
        ValuesLayers layers = mock(ValuesLayers.class);
        when(layers.given(any(), any(), any())).thenReturn(istiod);
        return layers;
    }

    static RootKeystore keystore(TrustProperties properties) {
        return new RootKeystore(properties, new RootCreation(properties));
    }

    static RootCa root() {
        return Issuer.root(KeyType.EC_P256.generate(), Validity.startingBefore(Instant.now(), TEN_YEARS));
    }

    static Secret cacerts(RootCa root, String cluster) {
        return cacerts(root, cluster, Validity.startingBefore(Instant.now(), TEN_YEARS));
    }

    static Secret cacerts(RootCa root, String cluster, Validity validity) {
        return Cacerts.issue(root, new ClusterName(cluster), KeyType.EC_P256, validity);
    }

    static Secret with(Secret secret, String entry, String text) {
        return new SecretBuilder(secret)
                .addToData(entry, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)))
                .build();
    }

    static Secret without(Secret secret, String entry) {
        return new SecretBuilder(secret).removeFromData(entry).build();
    }

    static String text(Secret secret, String entry) {
        return new String(CacertsForm.decoded(secret, entry), StandardCharsets.US_ASCII);
    }

    static String keyPem(KeyPair keys) {
        return new String(Pem.encode(keys.getPrivate()), StandardCharsets.US_ASCII);
    }
}
