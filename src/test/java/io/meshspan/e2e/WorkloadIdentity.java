package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the proxy of a pod gets with its certificate, and keeps until it gets the next: the chain of the istiod that signs it, and
 * the roots that istiod gives to the pod's namespace.
 */
record WorkloadIdentity(List<X509Certificate> chain, List<X509Certificate> roots) {

    /** As a pod would get it that starts now. */
    static WorkloadIdentity of(LiveCluster cluster, String namespace, LiveCluster authority) {
        Optional<ConfigMap> roots = Optional.ofNullable(cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withName("istio-ca-root-cert")
                .get());
        Optional<Secret> cacerts = Optional.ofNullable(authority
                .client()
                .secrets()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName("cacerts")
                .get());
        return new WorkloadIdentity(
                cacerts.map(Secret::getData)
                        .map(data -> certificates(Base64.getDecoder().decode(data.get("cert-chain.pem"))))
                        .orElse(List.of()),
                roots.map(ConfigMap::getData)
                        .map(Map::copyOf)
                        .map(data -> certificates(
                                data.getOrDefault("root-cert.pem", "").getBytes(StandardCharsets.UTF_8)))
                        .orElse(List.of()));
    }

    private static List<X509Certificate> certificates(byte[] pem) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether mutual TLS with another succeeds. */
    boolean agreesWith(WorkloadIdentity other) {
        return trusts(other) && other.trusts(this);
    }

    /** Whether the other's chain, the intermediate first, is valid now and ends below one of the roots. */
    private boolean trusts(WorkloadIdentity other) {
        try {
            PKIXParameters parameters = new PKIXParameters(
                    roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(other.chain.stream()
                                            .filter(each -> !roots.contains(each))
                                            .toList()),
                            parameters);
            return !other.chain.isEmpty();
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
