package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** The chain in the cacerts of a cluster, against the roots that istiod gave to the namespace of a client. */
final class TrustedChain {

    private TrustedChain() {}

    /** Whether workloads of one cluster trust what the istiod of another signs. */
    static boolean leads(LiveCluster cluster, LiveCluster client) {
        ConfigMap roots = client.client()
                .configMaps()
                .inNamespace(HelloWorldWorkloads.CALLER)
                .withName("istio-ca-root-cert")
                .get();
        Secret cacerts = cluster.client()
                .secrets()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName("cacerts")
                .get();
        if (roots == null) {
            return false;
        }
        if (cacerts == null) {
            return true; // a remote whose workloads get their certificates from another cluster's istiod
        }
        Collection<? extends Certificate> trusted = certificates(
                String.valueOf(roots.getData().get("root-cert.pem")).getBytes(StandardCharsets.UTF_8));
        byte[] chain = Base64.getDecoder().decode(cacerts.getData().get("cert-chain.pem"));
        return leads(certificates(chain), trusted);
    }

    private static Collection<? extends Certificate> certificates(byte[] pem) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a chain, the intermediate first, is valid now and ends below one of these. */
    private static boolean leads(Collection<? extends Certificate> chain, Collection<? extends Certificate> roots) {
        try {
            PKIXParameters parameters = new PKIXParameters(roots.stream()
                    .map(root -> new TrustAnchor((X509Certificate) root, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(chain.stream()
                                            .filter(each -> !roots.contains(each))
                                            .toList()),
                            parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
