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
 * Where the mesh's trust comes from.
 *
 * @param source Where the clusters' intermediate CAs come from.
 * @param keystore PKCS #12 file with the key and certificate of the root, which is made once if it is not there, or of the
 *     issuing CA.
 * @param keystorePassword Opens the keystore and the key that seals records beside it; required.
 * @param rootCertificates PEM file with the root certificates of the company, where the source does not tell them; other
 *     roots are refused then.
 * @param keyType Kind of the keys made here, the root's and the intermediates'.
 * @param rootValidity How long a root made here is valid.
 * @param intermediateValidity How long an intermediate is valid; it never outlives its root.
 * @param remotes Whether pure remotes, which run no istiod, get the Secret cacerts too.
 * @param certManager Which issuer of cert-manager signs, where the source is cert-manager.
 * @param vault Which Vault signs, where the source is vault.
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
     * An issuer of cert-manager that each cluster has.
     *
     * @param issuer The issuer's name.
     * @param kind The issuer's kind; an Issuer is looked for in istio-system.
     * @param group The issuer's API group, another one than cert-manager's for an external issuer.
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
     * The PKI secrets engine of a Vault, or of an OpenBao.
     *
     * @param address Where the Vault is: https://, or http:// on this host, where a Vault Agent listens.
     * @param mount The path at which the PKI secrets engine is mounted.
     * @param issuerRef Which of the mount's issuers signs.
     * @param namespace The Vault's namespace, if it has them.
     * @param tokenFile File with the token, read anew for each request.
     * @param caFile PEM file with the certificates that the Vault's certificate is checked by; the machine's if absent.
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
                        "meshspan.trust.vault.address is not https://HOST[:PORT], or http:// on"
                                + " 127.0.0.1, without a user name and a password: the token goes there");
            }
        }

        private static boolean isSafe(URI address) {
            boolean secret = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && THIS_HOST.contains(String.valueOf(address.getHost())));
            return secret && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null;
        }
    }
}
