package io.meshspan.trust;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the mesh's trust comes from.
 *
 * @param keystore PKCS #12 file with the root's key and certificate: made once if it is not there.
 * @param keystorePassword Opens the keystore and the key in it; required.
 * @param keyType Kind of the keys made here, the root's and the intermediates'.
 * @param rootValidity How long a root made here is valid.
 * @param intermediateValidity How long an intermediate is valid; it never outlives its root.
 * @param remotes Whether pure remotes, which run no istiod, get the Secret cacerts too.
 */
@Validated
@ConfigurationProperties("meshspan.trust")
public record TrustProperties(
        @NotNull(message = PASSWORD) KeystorePassword keystorePassword,
        @DefaultValue("data/root-ca.p12") Path keystore,
        @DefaultValue("EC_P256") KeyType keyType,

        @DefaultValue("3650d") @DurationMin(hours = 1) @DurationMax(days = 36_500)
        Duration rootValidity,

        @DefaultValue("3650d") @DurationMin(hours = 1) @DurationMax(days = 36_500)
        Duration intermediateValidity,

        @DefaultValue("false") boolean remotes) {

    private static final String PASSWORD = "a password, which has no default: it protects the key of the mesh's root"
            + " certificate. Set it, for example in the environment as MESHSPAN_TRUST_KEYSTOREPASSWORD";

    public TrustProperties {
        if (missing(keystorePassword)) {
            throw new IllegalArgumentException("meshspan.trust.keystore-password is missing or blank: " + PASSWORD);
        }
    }

    private static boolean missing(@Nullable KeystorePassword password) {
        return password == null || password.isBlank();
    }
}
