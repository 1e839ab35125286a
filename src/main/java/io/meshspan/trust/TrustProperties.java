package io.meshspan.trust;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the mesh's trust comes from.
 *
 * @param keystorePassword opens the keystore and the key in it; it has no default
 * @param keystore PKCS#12 file with the root: made at first need, or put there beforehand; outside the database
 * @param keyType of the keys made here, the root's and the intermediates'
 * @param rootValidity of a root made here
 * @param intermediateValidity of an intermediate, which never outlives its root
 * @param remotes whether pure remotes, which run no istiod, get the secret {@code cacerts} too
 */
@ConfigurationProperties("meshspan.trust")
public record TrustProperties(
        KeystorePassword keystorePassword,
        @DefaultValue("data/root-ca.p12") Path keystore,
        @DefaultValue("EC_P256") KeyType keyType,
        @DefaultValue("3650d") Duration rootValidity,
        @DefaultValue("3650d") Duration intermediateValidity,
        @DefaultValue("false") boolean remotes) {

    public TrustProperties {
        if (missing(keystorePassword)) {
            throw new IllegalArgumentException("meshspan.trust.keystore-password is not set: it protects the key of the"
                    + " mesh's root certificate and has no default. Set it, for example through the environment"
                    + " variable MESHSPAN_TRUST_KEYSTOREPASSWORD");
        }
        requireAnHour("root-validity", rootValidity);
        requireAnHour("intermediate-validity", intermediateValidity);
    }

    private static boolean missing(@Nullable KeystorePassword password) {
        return password == null || password.isBlank();
    }

    private static void requireAnHour(String property, Duration validity) {
        if (validity.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "meshspan.trust.%s must be an hour or more, for example 3650d".formatted(property));
        }
    }
}
