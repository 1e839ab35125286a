package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.ClusterName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What the tests of trust start from. */
final class GivenCa {

    static final String PASSWORD = "correct horse battery staple";
    static final Duration TEN_YEARS = Duration.ofDays(3650);

    private GivenCa() {}

    static TrustProperties properties(Path keystore, KeyType type) {
        return properties(keystore, type, PASSWORD);
    }

    static TrustProperties properties(Path keystore, KeyType type, String password) {
        return new TrustProperties(new KeystorePassword(password), keystore, type, TEN_YEARS, TEN_YEARS, false);
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
