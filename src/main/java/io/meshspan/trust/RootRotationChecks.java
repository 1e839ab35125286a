package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What prevents a change of a mesh's root. Changes nothing. */
@Component
final class RootRotationChecks {

    private static final String CERT_MANAGER = "cert-manager.io/certificate-name";
    private static final String NEXT = "Secret %s/%s".formatted(Cacerts.NAMESPACE, NextRoot.GIVEN);

    private final Clusters clusters;
    private final ValuesLayers values;
    private final TrustProperties properties;

    RootRotationChecks(Clusters clusters, ValuesLayers values, TrustProperties properties) {
        this.clusters = clusters;
        this.values = values;
        this.properties = properties;
    }

    /** What cannot be asked for here at all. */
    List<Finding> unsuitable(Mesh mesh, SortedMap<ClusterName, Secret> live) {
        if (properties.source() == TrustSource.CERT_MANAGER) {
            return List.of(Finding.blocking(
                    "mesh " + mesh.id(),
                    "meshspan.trust.source",
                    "keystore, issuer, vault or given",
                    properties.source().inWords(),
                    "Have an issuer under the new root make a Certificate with isCA and secretName %s in each cluster, set"
                                    .formatted(NextRoot.GIVEN)
                            + " meshspan.trust.source to given, and ask again (docs/trust.md)."));
        }
        List<Finding> findings = new ArrayList<>();
        MeshTrust.withTrust(mesh, properties).forEach(name -> {
            HelmValues istiod = values.given(ValuesPart.ISTIOD, mesh, mesh.member(name));
            if (ExternalCa.of(istiod, ServedRoots.istiods(clusters.get(name))).isPresent()) {
                findings.add(Finding.blocking(
                        name.value(),
                        Cacerts.OBJECT,
                        "an istiod that signs with cacerts",
                        "another CA, which has its own root",
                        "Change the root there, in its own way (docs/trust.md)."));
            } else if (!live.containsKey(name)) {
                findings.add(
                        Finding.blocking(
                                name.value(),
                                Cacerts.OBJECT,
                                "an intermediate CA",
                                "none: istiod has made a root of its own",
                                "Install the mesh again, so that it has one root, or delete the cluster's control plane first."));
            }
        });
        live.forEach((name, secret) -> ownership(mesh, name, secret).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> ownership(Mesh mesh, ClusterName cluster, Secret secret) {
        boolean given = properties.source() == TrustSource.GIVEN;
        if (CacertsContent.readable(secret).isEmpty()) {
            return Optional.of(Finding.blocking(
                    cluster.value(),
                    Cacerts.OBJECT,
                    "certificates and a key that istiod can read",
                    "entries that it cannot read",
                    "Replace it first by one that works."));
        }
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(CERT_MANAGER)) {
            return Optional.of(Finding.blocking(
                    cluster.value(),
                    Cacerts.OBJECT,
                    "a Secret that nobody else writes",
                    "one that cert-manager keeps as its Certificate says",
                    "Delete that Certificate (cert-manager leaves the Secret, unless it owns it), then ask again."));
        }
        return given || new ApplySet(mesh.id()).contains(secret)
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        cluster.value(),
                        Cacerts.OBJECT,
                        "one that Meshspan made, since meshspan.trust.source is "
                                + properties.source().inWords(),
                        "one that others made",
                        "Put the new intermediate into %s of each cluster and set meshspan.trust.source to given."
                                .formatted(NEXT)));
    }

    List<Finding> of(Mesh mesh, SortedMap<ClusterName, Secret> live, NextRoot next) {
        List<Finding> findings = new ArrayList<>(next.check(clusters, List.copyOf(live.keySet())));
        if (properties.source() == TrustSource.GIVEN) {
            live.keySet().forEach(name -> findings.addAll(given(mesh, name, next)));
        }
        if (findings.isEmpty() && properties.source() != TrustSource.KEYSTORE && isThereAlready(live, next)) {
            findings.add(Finding.blocking(
                    "mesh " + mesh.id(),
                    "root",
                    "a signer under a new root",
                    "the root that the mesh has, with SHA-256 fingerprint " + next.fingerprints(),
                    "Set meshspan.trust to an authority under the new root, or put the new intermediates into %s, then ask again."
                            .formatted(NEXT)));
        }
        try {
            List<X509Certificate> company = new RootCertificates(properties).certificates();
            next.roots().stream()
                    .filter(root -> !company.isEmpty() && !company.contains(root))
                    .map(root -> Finding.blocking(
                            "mesh " + mesh.id(),
                            "root",
                            "a root of meshspan.trust.root-certificates",
                            RootComparison.shown(root),
                            "Add the new root to that file, beside the old one."))
                    .forEach(findings::add);
        } catch (StepFailed unreadable) {
            findings.addAll(unreadable.findings());
        }
        sameName(mesh, live, next).ifPresent(findings::add);
        return findings;
    }

    private static boolean isThereAlready(SortedMap<ClusterName, Secret> live, NextRoot next) {
        return live.values().stream()
                .allMatch(secret -> next.isAbove(secret)
                        && CacertsContent.readable(secret)
                                .filter(content -> next.roots().containsAll(content.roots()))
                                .isPresent());
    }

    private List<Finding> given(Mesh mesh, ClusterName name, NextRoot next) {
        Secret secret = next.given().get(name);
        if (secret == null) {
            return List.of(Finding.blocking(
                    name.value(),
                    NEXT,
                    "the next intermediate CA of this cluster, under the new root",
                    "none",
                    "Create it in one of the forms of cacerts: with tls.crt, tls.key and ca.crt, or with ca-cert.pem,"
                            + " ca-key.pem, cert-chain.pem and root-cert.pem (docs/trust.md)."));
        }
        HelmValues istiod = values.given(ValuesPart.ISTIOD, mesh, mesh.member(name));
        CacertsInspection found =
                CacertsInspection.of(name, secret, ClusterTrust.trustDomain(istiod), false, Instant.now());
        boolean same = found.content()
                .map(content -> content.roots().equals(next.roots()))
                .orElse(true);
        return Stream.concat(
                        found.findings().stream()
                                .map(finding -> new Finding(
                                        finding.severity(),
                                        finding.where(),
                                        finding.what().replace(Cacerts.OBJECT, NEXT),
                                        finding.expected(),
                                        finding.found(),
                                        "Put a correct one there, then ask again.")),
                        same
                                ? Stream.of()
                                : Stream.of(Finding.blocking(
                                        name.value(),
                                        NEXT,
                                        "the same new root as in the other clusters, " + next.fingerprints(),
                                        "another one",
                                        "Have all of them made under one root.")))
                .toList();
    }

    /** OpenSSL and BoringSSL find a root by its name, and try no second one if the certificate names no key. */
    private static Optional<Finding> sameName(Mesh mesh, SortedMap<ClusterName, Secret> live, NextRoot next) {
        return live.values().stream()
                .flatMap(secret -> CacertsContent.readable(secret).stream())
                .flatMap(content -> content.roots().stream())
                .filter(old -> next.roots().stream()
                        .anyMatch(root -> !root.equals(old)
                                && !root.getPublicKey().equals(old.getPublicKey())
                                && root.getSubjectX500Principal().equals(old.getSubjectX500Principal())))
                .findFirst()
                .map(old -> Finding.warning(
                        "mesh " + mesh.id(),
                        "root",
                        "a new root with another name than the old one",
                        "%s twice, with two keys".formatted(AuthorityFault.name(old)),
                        "Certificates without an authority key identifier may fail to verify. Give the new root another name, or"
                                + " watch the calls of the first phase."));
    }
}
