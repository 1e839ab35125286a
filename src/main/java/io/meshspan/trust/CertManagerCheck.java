package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks whether cert-manager and the issuer exist, and whether this service may send requests to cert-manager. */
final class CertManagerCheck {

    private static final String GROUP = "cert-manager.io";
    private static final String RESOURCE = "certificaterequests";

    private final TrustProperties.CertManagerIssuer wanted;

    CertManagerCheck(TrustProperties.CertManagerIssuer wanted) {
        this.wanted = wanted;
    }

    List<Finding> check(Cluster cluster) {
        if (!cluster.serves(CertManagerRequest.API, CertManagerRequest.KIND)) {
            return List.of(CertManagerSigner.wrong(
                    cluster,
                    "CustomResourceDefinition certificaterequests.cert-manager.io",
                    "cert-manager, since meshspan.trust.source is cert-manager",
                    "none",
                    "Install it in this cluster, or choose another source."));
        }
        List<Finding> findings = new ArrayList<>();
        List<Access> needed = Stream.of("get", "create", "patch", "delete")
                .map(verb -> new Access(verb, GROUP, RESOURCE, Cacerts.NAMESPACE))
                .toList();
        cluster.denied(needed)
                .forEach(denied -> findings.add(CertManagerSigner.wrong(
                        cluster,
                        "permissions of this service",
                        "to " + denied,
                        "refused",
                        "Grant it in a Role in istio-system.")));
        issuer(cluster).ifPresent(findings::add);
        return findings;
    }

    /** Issuers of other groups have their own versions and conditions, so only their answer shows whether they work. */
    private Optional<Finding> issuer(Cluster cluster) {
        if (!GROUP.equals(wanted.group())) {
            return Optional.empty();
        }
        String namespace = "ClusterIssuer".equals(wanted.kind()) ? null : Cacerts.NAMESPACE;
        ObjectRef issuer =
                new ObjectRef(CertManagerRequest.API, wanted.kind(), namespace, String.valueOf(wanted.issuer()));
        Optional<GenericKubernetesResource> there = cluster.live(issuer);
        if (there.isEmpty()) {
            return Optional.of(CertManagerSigner.wrong(
                    cluster,
                    issuer.toString(),
                    "the issuer that meshspan.trust.cert-manager names",
                    "none",
                    "Create it, or correct meshspan.trust.cert-manager.issuer and kind."));
        }
        return CertManagerCondition.in(there.get(), "Ready")
                .filter(ready -> !"True".equals(ready.status()))
                .map(ready -> CertManagerSigner.wrong(
                        cluster, issuer.toString(), "condition Ready", ready.toString(), "Mend it in cert-manager."));
    }
}
