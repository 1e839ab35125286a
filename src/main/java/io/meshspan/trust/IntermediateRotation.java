package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.difference.FieldChange;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Replaces intermediates in {@code cacerts} by new ones under the same root. istiod takes only those over without a restart: it
 * compares {@code root-cert.pem} byte by byte, so that entry stays what it was (pilot/pkg/bootstrap/istio_ca.go).
 */
@Component
public class IntermediateRotation {

    private static final String MARK = "meshspan.io/rotated-for";
    private static final String AT = "meshspan.io/rotated-at";

    /** When the intermediate before would have ended. */
    private static final String ENDED = "meshspan.io/rotated-end";

    private final Clusters clusters;
    private final TrustProperties properties;
    private final Optional<CaSigner> signer;

    IntermediateRotation(Clusters clusters, RootKeystore keystore, TrustProperties properties) {
        this.clusters = clusters;
        this.properties = properties;
        this.signer = switch (properties.source()) {
            case CERT_MANAGER, GIVEN -> Optional.empty();
            case KEYSTORE, ISSUER -> Optional.of(new KeystoreSigner(keystore, properties, true));
            case VAULT -> Optional.of(new VaultSigner(properties));
        };
    }

    /**
     * An intermediate that was written, and how to see that an istiod uses it.
     *
     * @param at when it was written: an istiod that started later has it
     * @param expiry of the intermediate, as istiod's metric tells it; empty if that of the one before was the same
     */
    public record Written(Instant at, Optional<Instant> expiry) {}

    /** The chosen clusters that have an intermediate. */
    public List<ClusterName> concerned(Mesh mesh, Collection<ClusterName> chosen) {
        List<ClusterName> wanted = MeshTrust.withTrust(mesh, properties).stream()
                .filter(chosen::contains)
                .toList();
        return clusters.inEach(wanted, IntermediateRotation::live).entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Everything that prevents new intermediates. Changes nothing. */
    public List<Finding> check(Mesh mesh, Collection<ClusterName> chosen) {
        if (signer.isEmpty()) {
            return List.of(Finding.blocking(
                    "mesh " + mesh.id(),
                    "meshspan.trust.source",
                    "keystore, issuer or vault, with which Meshspan has intermediates signed",
                    properties.source().name(),
                    "Have the intermediates renewed where they are made."));
        }
        List<ClusterName> concerned = concerned(mesh, chosen);
        List<Finding> findings = new ArrayList<>();
        chosen.stream()
                .filter(name -> !concerned.contains(name))
                .map(name -> Finding.note(
                        name.value(),
                        Cacerts.OBJECT,
                        "an intermediate CA",
                        "none",
                        "Nothing to do: nothing of it is rotated."))
                .forEach(findings::add);
        findings.addAll(signer.get().check(clusters, concerned, Instant.now()));
        clusters.inEach(concerned, cluster -> judged(mesh, cluster)).values().forEach(findings::addAll);
        return findings;
    }

    private List<Finding> judged(Mesh mesh, Cluster cluster) {
        Secret secret = live(cluster).orElseThrow();
        if (!new ApplySet(mesh.id()).contains(secret)) {
            return List.of(Finding.blocking(
                    cluster.name().value(),
                    Cacerts.OBJECT,
                    "one that Meshspan made",
                    "one that others made",
                    "Have it renewed where it was made."));
        }
        List<X509Certificate> ours = signer.map(CaSigner::roots).orElse(List.of());
        return CacertsContent.readable(secret)
                .filter(content -> !content.roots().containsAll(ours))
                .map(content -> List.of(otherRoot(cluster.name(), ours)))
                .orElse(List.of());
    }

    private static Finding otherRoot(ClusterName cluster, List<X509Certificate> ours) {
        return Finding.blocking(
                cluster.value(),
                Cacerts.OBJECT,
                "the root of the signer, with SHA-256 fingerprint " + RootCertificates.fingerprints(ours),
                "another root",
                "Set meshspan.trust to a signer under the root of the mesh, or change the root with rotate-root.");
    }

    /** What a person approves for a cluster, before and after it is written. */
    public DesiredCa desired() {
        List<X509Certificate> roots = signer.map(CaSigner::roots).orElse(List.of());
        String under = roots.isEmpty()
                ? "the same root"
                : "the root with SHA-256 fingerprint " + RootCertificates.fingerprints(roots);
        return new DesiredCa(
                "a new intermediate under " + under,
                "a new intermediate CA under %s, signed by %s"
                        .formatted(under, signer.map(CaSigner::describe).orElse("others")));
    }

    /** What {@link #replace} would do in a cluster. */
    public DryRunResult preview(String change, Cluster cluster) {
        Optional<Secret> live = live(cluster);
        boolean done = live.filter(secret -> isFor(change, secret)).isPresent();
        String before = live.flatMap(CacertsContent::readable)
                .map(content -> "SHA-256 %s, valid until %s"
                        .formatted(
                                CertificateFingerprint.of(content.authority()),
                                content.authority().getNotAfter().toInstant()))
                .orElse("nothing");
        return new DryRunResult(
                cluster.name(),
                MeshTrust.CACERTS,
                done ? ApplyOutcome.UNCHANGED : ApplyOutcome.PATCHED,
                done
                        ? List.of()
                        : List.of(new FieldChange("data." + CacertsForm.ISTIO.certificate(), before, "a new one")),
                true);
    }

    /**
     * Has all signed, then writes them where the change has not done so yet.
     *
     * @throws StepFailed ROOTS_DIFFER if the signer is under another root, before it writes anything in any cluster
     */
    public List<AppliedObject> replace(String change, Mesh mesh, Collection<ClusterName> names) {
        SortedMap<ClusterName, Secret> old = new TreeMap<>();
        clusters.inEach(names, IntermediateRotation::live)
                .forEach((name, secret) -> secret.ifPresent(there -> old.put(name, there)));
        List<ClusterName> missing = old.entrySet().stream()
                .filter(entry -> !isFor(change, entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        ApplySet set = new ApplySet(mesh.id());
        SortedMap<ClusterName, Secret> issued =
                missing.isEmpty() ? new TreeMap<>() : signer.orElseThrow().issue(clusters, missing, set::member);
        requireSameRoots(old, issued);
        return List.copyOf(clusters.inEach(old.keySet(), cluster -> {
                    Secret fresh = issued.get(cluster.name());
                    return fresh == null
                            ? new AppliedObject(cluster.name(), MeshTrust.CACERTS, ApplyOutcome.UNCHANGED)
                            : cluster.apply(
                                    set.member(marked(change, fresh, Objects.requireNonNull(old.get(cluster.name())))));
                })
                .values());
    }

    private static void requireSameRoots(SortedMap<ClusterName, Secret> old, SortedMap<ClusterName, Secret> issued) {
        List<Finding> findings = new ArrayList<>();
        issued.forEach((name, secret) -> {
            List<X509Certificate> now =
                    CacertsContent.readable(secret).map(CacertsContent::roots).orElse(List.of());
            List<X509Certificate> before = CacertsContent.readable(Objects.requireNonNull(old.get(name)))
                    .map(CacertsContent::roots)
                    .orElse(List.of());
            if (now.isEmpty() || !before.containsAll(now)) {
                findings.add(otherRoot(name, now));
            }
        });
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.ROOTS_DIFFER, findings);
        }
    }

    private static Secret marked(String change, Secret fresh, Secret old) {
        String root = CacertsForm.ISTIO.root();
        return new SecretBuilder(fresh)
                .editMetadata()
                .addToAnnotations(MARK, change)
                .addToAnnotations(
                        AT, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .addToAnnotations(
                        ENDED,
                        CacertsContent.readable(old)
                                .map(IntermediateRotation::end)
                                .map(Instant::toString)
                                .orElse(""))
                .endMetadata()
                .addToData(root, Objects.requireNonNull(old.getData().get(root)))
                .build();
    }

    /** The intermediates that this change wrote. */
    public SortedMap<ClusterName, Written> written(String change, Collection<ClusterName> names) {
        SortedMap<ClusterName, Written> written = new TreeMap<>();
        clusters.inEach(names, IntermediateRotation::live)
                .forEach((name, secret) -> secret.filter(there -> isFor(change, there))
                        .flatMap(IntermediateRotation::written)
                        .ifPresent(these -> written.put(name, these)));
        return written;
    }

    private static Optional<Written> written(Secret secret) {
        Instant at = Instant.parse(secret.getMetadata().getAnnotations().get(AT));
        String before = secret.getMetadata().getAnnotations().getOrDefault(ENDED, "");
        return CacertsContent.readable(secret)
                .map(IntermediateRotation::end)
                .map(end -> new Written(
                        at, Optional.of(end).filter(date -> !date.toString().equals(before))));
    }

    private static Instant end(CacertsContent content) {
        return content.authority().getNotAfter().toInstant();
    }

    private static Optional<Secret> live(Cluster cluster) {
        return cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME);
    }

    private static boolean isFor(String change, Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations != null && change.equals(annotations.get(MARK));
    }
}
