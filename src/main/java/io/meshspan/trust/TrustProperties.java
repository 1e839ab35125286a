package io.meshspan.trust;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The source of the mesh's trust.
 *
 * @param source Where the clusters' intermediate CAs come from.
 * @param keystore PKCS #12 file with the key and certificate of the issuing CA, or of the root, which is made once if the
 *     file does not exist.
 * @param keystorePassword Opens the keystore and the file next to it with the key that seals records; required.
 * @param rootCertificates PEM file with the company's root certificates, if the source does not provide them; other roots
 *     are then refused.
 * @param keyType Type of the keys that Meshspan makes, for the root and the intermediates.
 * @param rootValidity How long a root that Meshspan makes is valid.
 * @param intermediateValidity How long an intermediate is valid; it never outlives its root.
 * @param remotes Whether pure remotes, which run no istiod, get the Secret cacerts too.
 * @param certManager Which issuer of cert-manager signs, if the source is cert-manager.
 * @param vault Which Vault signs, if the source is vault.
 */
@Validated
@ConfigurationProperties("meshspan.trust")
public record TrustProperties(
        @DefaultValue("keystore") TrustSource source,
        @NotNull(message = PASSWORD) KeystorePassword keystorePassword,
        @DefaultValue("data/root-ca.p12") Path keystore,
        @Nullable Path rootCertificates,
        @DefaultValue("EC_P256") KeyType keyType,

        @DefaultValue("3650d") @DurationMin(hours = 1) @DurationMax(days = 36_500)
        Duration rootValidity,

        @DefaultValue("3650d") @DurationMin(hours = 1) @DurationMax(days = 36_500)
        Duration intermediateValidity,

        @DefaultValue("false") boolean remotes,
        @Valid @DefaultValue CertManagerIssuer certManager,
        @Valid @DefaultValue Vault vault) {

    private static final String PASSWORD = "a password, which has no default: it protects the key that seals records"
            + " (evidence.p12) and that of the CA in the keystore. Set it, for example in the environment as"
            + " MESHSPAN_TRUST_KEYSTOREPASSWORD";

    public TrustProperties {
        if (missing(keystorePassword)) {
            throw new IllegalArgumentException("meshspan.trust.keystore-password is missing or blank: " + PASSWORD);
        }
        if (source == TrustSource.CERT_MANAGER && certManager.issuer() == null) {
            throw new IllegalArgumentException(
                    "meshspan.trust.cert-manager.issuer is missing: the name of the issuer that"
                            + " signs, where meshspan.trust.source is cert-manager");
        }
        if (source == TrustSource.VAULT && (vault.address() == null || vault.tokenFile() == null)) {
            throw new IllegalArgumentException("meshspan.trust.vault.address and meshspan.trust.vault.token-file, both,"
                    + " where meshspan.trust.source is vault; one of them is missing");
        }
    }

    private static boolean missing(@Nullable KeystorePassword password) {
        return password == null || password.isBlank();
    }

    /**
     * An issuer of cert-manager that exists in each cluster.
     *
     * @param issuer The issuer's name.
     * @param kind The issuer's kind; an Issuer must be in istio-system.
     * @param group The issuer's API group; an external issuer has another group than cert-manager's.
     */
    record CertManagerIssuer(
            @Nullable
            @Pattern(regexp = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", message = "the name of an object in Kubernetes")
            String issuer,

            @DefaultValue("ClusterIssuer")
            @Pattern(regexp = "[A-Z][A-Za-z0-9]{0,62}", message = "a kind, such as Issuer")
            String kind,

            @DefaultValue("cert-manager.io")
            @Pattern(regexp = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", message = "an API group, such as cert-manager.io")
            String group) {

        @Override
        public String toString() {
            return "%s %s (%s)".formatted(kind, issuer, group);
        }
    }

    /**
     * The PKI secrets engine of a Vault or an OpenBao.
     *
     * @param address The Vault's address: https://, or http:// on this host, where a Vault Agent listens.
     * @param mount The path at which the PKI secrets engine is mounted.
     * @param issuerRef Which of the mount's issuers signs.
     * @param namespace The Vault's namespace, if it has namespaces.
     * @param tokenFile File with the token, read again for each request.
     * @param caFile PEM file with the certificates that verify the Vault's certificate; the machine's if absent.
     * @param answerWithin How long Vault may take to answer.
     */
    record Vault(
            @Nullable URI address,

            @DefaultValue("pki") @Pattern(regexp = PATH, message = "a path, such as pki or company/pki-mesh")
            String mount,

            @DefaultValue("default") @Pattern(regexp = "[\\w.-]+", message = "the name or id of an issuer")
            String issuerRef,

            @Nullable @Pattern(regexp = PATH, message = "a path, such as platform/team-a")
            String namespace,

            @Nullable Path tokenFile,
            @Nullable Path caFile,

            @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 1)
            Duration answerWithin) {

        private static final String PATH = "[\\w.-]+(/[\\w.-]+)*";
        private static final Set<String> THIS_HOST = Set.of("127.0.0.1", "localhost", "[::1]");

        Vault {
            if (address != null && !isSafe(address)) {
                throw new IllegalArgumentException(
                        "meshspan.trust.vault.address is not https://HOST[:PORT], or http:// on 127.0.0.1, without user "
                                + "name and password: it gets the token");
            }
        }

        private static boolean isSafe(URI address) {
            boolean secret = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && THIS_HOST.contains(String.valueOf(address.getHost())));
            return secret && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null;
        }
    }
}
