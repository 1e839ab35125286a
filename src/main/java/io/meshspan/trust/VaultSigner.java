package io.meshspan.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** A CA in the PKI secrets engine of a Vault. This service makes the keys; Vault gets only certificate requests. */
final class VaultSigner implements CaSigner {

    private static final String DEFAULT = "default";
    private static final String CERTIFICATE = "certificate";
    private static final String CHAIN = "ca_chain";

    private final VaultClient vault;
    private final TrustProperties properties;
    private final RootCertificates roots;

    VaultSigner(TrustProperties properties) {
        this.vault = new VaultClient(properties.vault());
        this.properties = properties;
        this.roots = new RootCertificates(properties);
    }

    @Override
    public String describe() {
        return vault.describe();
    }

    @Override
    public List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now) {
        List<Finding> findings = new ArrayList<>();
        try {
            mayIfAsked();
        } catch (StepFailed refused) {
            findings.addAll(refused.findings());
        }
        try {
            findings.addAll(judged(issuer(), now));
        } catch (StepFailed unusable) {
            findings.addAll(unusable.findings());
        }
        return findings;
    }

    @Override
    public List<X509Certificate> roots() {
        return List.of(issuer().root());
    }

    @Override
    public SortedMap<ClusterName, Secret> issue(
            Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        Instant now = Instant.now();
        Instant until = now.plus(properties.intermediateValidity());
        for (X509Certificate above : issuer().path()) {
            Instant end = above.getNotAfter().toInstant();
            until = end.isBefore(until) ? end : until;
        }
        Duration validity = Duration.between(now, until);
        return clusters.inEach(lacking, cluster -> signed(cluster.name(), validity));
    }

    private Secret signed(ClusterName cluster, Duration validity) {
        KeyPair keys = properties.keyType().generate();
        String request = new String(Issuer.request(cluster, keys), StandardCharsets.US_ASCII);
        JsonNode data = vault.post(
                        signing(),
                        Map.of(
                                "csr",
                                request,
                                "format",
                                "pem_bundle",
                                "common_name",
                                "Intermediate CA",
                                "use_csr_values",
                                true,
                                "max_path_length",
                                0,
                                "ttl",
                                validity.toSeconds() + "s"))
                .path("data");
        CertificateChain chain = roots.chain(certificates(data, CERTIFICATE, CHAIN, "issuing_ca"));
        if (!chain.reachesRoot()) {
            throw noRoot();
        }
        return Cacerts.secret(chain.path(), keys.getPrivate(), List.of(chain.root()));
    }

    /** Every mount has its default issuer at this path, in each version of Vault and of OpenBao. */
    private String signing() {
        String ref = properties.vault().issuerRef();
        return properties.vault().mount()
                + (DEFAULT.equals(ref) ? "/root/sign-intermediate" : "/issuer/" + ref + "/sign-intermediate");
    }

    private void mayIfAsked() {
        JsonNode answer = vault.post("sys/capabilities-self", Map.of("paths", List.of(signing())));
        List<String> capabilities = new ArrayList<>();
        JsonNode told = answer.path("data").path("capabilities");
        (told.isMissingNode() ? answer.path("capabilities") : told)
                .forEach(capability -> capabilities.add(capability.asText()));
        if (!capabilities.contains("root") && !capabilities.contains("update")) {
            throw vault.unusable(
                    "a token with the capability update on " + signing(),
                    "a token with " + (capabilities.isEmpty() ? "none" : String.join(", ", capabilities)),
                    "Give the token in %s a policy with it; then try again."
                            .formatted(properties.vault().tokenFile()));
        }
    }

    /** The CA that signs, with its path up to its root. */
    private CertificateChain issuer() {
        String ref = properties.vault().issuerRef();
        List<X509Certificate> found = new ArrayList<>();
        for (String path :
                DEFAULT.equals(ref) ? List.of("cert/ca", "cert/ca_chain") : List.of("issuer/" + ref + "/json")) {
            vault.published(path)
                    .map(answer -> certificates(answer.path("data"), CERTIFICATE, CHAIN))
                    .ifPresent(found::addAll);
        }
        if (found.isEmpty()) {
            throw vault.unusable(
                    "a PKI secrets engine with the issuer " + ref,
                    "no CA certificate there",
                    "Correct meshspan.trust.vault.mount and issuer-ref, or set the CA up in Vault.");
        }
        CertificateChain chain = roots.chain(found);
        if (!chain.reachesRoot()) {
            throw noRoot();
        }
        return chain;
    }

    private StepFailed noRoot() {
        return vault.unusable(
                "a chain up to the root",
                "a chain that ends below it",
                "Set meshspan.trust.root-certificates to a PEM file with the company's root, or import the chain into Vault.");
    }

    private List<Finding> judged(CertificateChain issuer, Instant now) {
        List<Finding> findings = new ArrayList<>();
        String advice = "renew it in Vault, or choose another issuer";
        issuer.path()
                .forEach(certificate -> CertificateDates.judge(
                                "Vault",
                                "%s, %s".formatted(describe(), AuthorityFault.name(certificate)),
                                certificate,
                                now,
                                advice)
                        .ifPresent(findings::add));
        AuthorityFault.ofIssuer(issuer.path())
                .forEach(
                        fault -> findings.add(
                                Finding.blocking(
                                        "Vault",
                                        describe(),
                                        fault.expected(),
                                        fault.found(),
                                        "Choose an issuer that may sign intermediates: set meshspan.trust.vault.issuer-ref or mount.")));
        return findings;
    }

    /** A text or a list of texts, each with one or several certificates in PEM. */
    private List<X509Certificate> certificates(JsonNode data, String... fields) {
        List<X509Certificate> found = new ArrayList<>();
        for (String field : fields) {
            JsonNode value = data.path(field);
            Iterable<JsonNode> texts = value.isArray() ? value : List.of(value);
            for (JsonNode text : texts) {
                found.addAll(pem(text.asText("")));
            }
        }
        return found.stream().distinct().toList();
    }

    private List<X509Certificate> pem(String text) {
        try {
            return Pem.certificates(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException e) {
            throw vault.unusable(
                    "certificates in PEM", "something else", "See what meshspan.trust.vault.address answers there.");
        }
    }
}
