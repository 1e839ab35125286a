package io.meshspan.e2e;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the proxy of a pod gets with its certificate, and keeps until it gets the next: the chain of the istiod that signs it, and
 * the roots that istiod gives to the pod's namespace; both as PEM.
 */
record WorkloadIdentity(String chain, String roots) {

    /** As a pod would get it that starts now. */
    static WorkloadIdentity of(WatchedCluster cluster, String namespace, WatchedCluster controlPlane) {
        return new WorkloadIdentity(controlPlane.chain(), cluster.roots(namespace));
    }

    /** Whether mutual TLS with another succeeds. */
    boolean agreesWith(WorkloadIdentity other) {
        return trusts(other) && other.trusts(this);
    }

    /** Whether the other's chain, the intermediate first, is valid now and ends below one of the roots. */
    private boolean trusts(WorkloadIdentity other) {
        try {
            List<X509Certificate> anchors = certificates(roots);
            List<X509Certificate> presented = certificates(other.chain);
            PKIXParameters parameters = new PKIXParameters(
                    anchors.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(presented.stream()
                                            .filter(each -> !anchors.contains(each))
                                            .toList()),
                            parameters);
            return !presented.isEmpty();
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
