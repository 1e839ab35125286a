package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The observed state of one cluster's trust.
 *
 * @param cacerts the judged secret, if there is one
 * @param external the CA that signs in istiod's place, if there is one
 * @param served the roots that its workloads trust now
 */
record ClusterTrust(
        Optional<CacertsInspection> cacerts,
        Optional<ExternalCa> external,
        ServedRoots served,
        List<Finding> findings) {

    private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

    ClusterTrust {
        findings = List.copyOf(findings);
    }

    /**
     * @param istiod the values that istiod gets
     * @param signing whether Meshspan signs an intermediate where there is none
     */
    static ClusterTrust observe(Cluster cluster, HelmValues istiod, boolean signing, Instant now) {
        List<Deployment> istiods = ServedRoots.istiods(cluster);
        ServedRoots served = ServedRoots.of(cluster, istiods);
        Optional<ExternalCa> external = ExternalCa.of(istiod, istiods);
        if (external.isPresent()) {
            return new ClusterTrust(
                    Optional.empty(), external, served, external.get().findings(cluster));
        }
        Optional<CacertsInspection> cacerts = cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME)
                .map(secret -> CacertsInspection.of(cluster.name(), secret, trustDomain(istiod), signing, now));
        List<Finding> findings = new ArrayList<>();
        if (cacerts.isEmpty() && !signing) {
            findings.add(missing(cluster.name()));
        }
        cacerts.ifPresent(inspection -> findings.addAll(inspection.findings()));
        cacerts.flatMap(CacertsInspection::root)
                .flatMap(root -> served.beside(cluster.name(), root))
                .ifPresent(findings::add);
        return new ClusterTrust(cacerts, Optional.empty(), served, findings);
    }

    private static Finding missing(ClusterName cluster) {
        return Finding.blocking(
                cluster.value(),
                Cacerts.OBJECT,
                "an intermediate CA that your PKI put there, since meshspan.trust.source is given",
                "none",
                "Create the Secret before istiod starts, with tls.crt, tls.key and ca.crt (as cert-manager's Certificate with"
                        + " isCA and secretName cacerts makes it) or with ca-cert.pem, ca-key.pem, cert-chain.pem and"
                        + " root-cert.pem; or choose another meshspan.trust.source (docs/trust.md).");
    }

    /** The same cluster with this secret, which was just signed. */
    ClusterTrust with(ClusterName cluster, Secret cacerts, HelmValues istiod, Instant now) {
        CacertsInspection inspection = CacertsInspection.of(cluster, cacerts, trustDomain(istiod), false, now);
        return new ClusterTrust(Optional.of(inspection), external, served, inspection.findings());
    }

    static String trustDomain(HelmValues istiod) {
        return istiod.text("meshConfig", "trustDomain")
                .or(() -> istiod.text("global", "trustDomain"))
                .orElse(DEFAULT_TRUST_DOMAIN);
    }

    /** Whether the cluster needs a secret {@code cacerts} and has none. */
    boolean lacks() {
        return external.isEmpty() && cacerts.isEmpty();
    }

    /** The roots that its workloads trust, or will trust when istiod starts; empty if they are not known. */
    List<X509Certificate> roots() {
        return external.isPresent()
                ? served.roots()
                : cacerts.flatMap(CacertsInspection::content)
                        .map(CacertsContent::roots)
                        .orElse(List.of());
    }

    /** The root that the chain reaches. */
    Optional<X509Certificate> root() {
        return cacerts.flatMap(CacertsInspection::root);
    }
}
