package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Changes the root of a mesh in phases, by its {@code cacerts} alone: both roots in every cluster, then intermediates under the
 * new one, then the new one alone. Each phase can be applied from the one before it and from the one after it. istiod reads
 * a changed root only at its start (pilot/pkg/bootstrap/istio_ca.go), so it must be restarted in each phase.
 */
@Component
public class RootRotation {

    private final Clusters clusters;
    private final RootKeystore keystore;
    private final TrustProperties properties;
    private final RootRotationChecks checks;

    RootRotation(Clusters clusters, RootKeystore keystore, TrustProperties properties, RootRotationChecks checks) {
        this.clusters = clusters;
        this.keystore = keystore;
        this.properties = properties;
        this.checks = checks;
    }

    /** The clusters whose istiod has an intermediate. */
    public List<ClusterName> concerned(Mesh mesh) {
        return List.copyOf(live(MeshTrust.withTrust(mesh, properties)).keySet());
    }

    /** Everything that prevents a change of the root. Changes nothing in any cluster. */
    public List<Finding> check(String change, Mesh mesh) {
        SortedMap<ClusterName, Secret> live = live(MeshTrust.withTrust(mesh, properties));
        List<Finding> findings = new ArrayList<>(checks.unsuitable(mesh, live));
        if (findings.isEmpty()) {
            findings.addAll(checks.of(mesh, live, next(change, live)));
        }
        return findings;
    }

    /** What a person approves; the same in each phase. */
    public DesiredCa desired(String change, Mesh mesh) {
        NextRoot next = next(change, live(MeshTrust.withTrust(mesh, properties)));
        String under = RootCertificates.fingerprints(next.roots());
        return new DesiredCa(
                "changes to the root with SHA-256 fingerprint " + under,
                ("in three phases: the new root with SHA-256 fingerprint %s beside the old one; then a new intermediate CA under"
                                + " it, from %s; then without the old one")
                        .formatted(under, next.describe()));
    }

    /** What all phases together would do in a cluster. What this change has begun, it goes on with. */
    public DryRunResult preview(String change, Cluster cluster) {
        Optional<Secret> live = RotationMark.live(cluster);
        boolean begun =
                live.filter(secret -> RotationMark.isFor(change, secret)).isPresent();
        Optional<CacertsContent> content = live.flatMap(CacertsContent::readable);
        CacertsForm form = live.map(CacertsForm::of).orElse(CacertsForm.ISTIO);
        return new DryRunResult(
                cluster.name(),
                MeshTrust.CACERTS,
                begun ? ApplyOutcome.UNCHANGED : ApplyOutcome.PATCHED,
                begun
                        ? List.of()
                        : List.of(
                                new FieldChange(
                                        "data." + form.root(),
                                        content.map(now -> "SHA-256 " + RootCertificates.fingerprints(now.roots()))
                                                .orElse("nothing"),
                                        "first with the new root, then that one alone"),
                                new FieldChange(
                                        "data." + form.certificate(),
                                        content.map(now -> "SHA-256 " + CertificateFingerprint.of(now.authority()))
                                                .orElse("nothing"),
                                        "a new one")),
                true);
    }

    /**
     * Applies a phase where the change has not done so yet.
     *
     * @param originals as they were before the change
     * @throws StepFailed ROOTS_DIFFER if what was signed is not under the new root, or somebody has written other roots since, before
     *     it writes anything in any cluster
     */
    public List<AppliedObject> apply(
            String change, Mesh mesh, SortedMap<ClusterName, Secret> originals, RootPhase phase) {
        SortedMap<ClusterName, Secret> live = live(originals.keySet());
        NextRoot next = next(change, live);
        requireNoOthers(originals.values(), next, live);
        SortedMap<ClusterName, Secret> signed = new TreeMap<>(originals);
        if (phase != RootPhase.BOTH_TRUSTED) {
            signed.putAll(live);
            signed.values().removeIf(secret -> !next.isAbove(secret));
            List<ClusterName> missing = originals.keySet().stream()
                    .filter(name -> !signed.containsKey(name))
                    .toList();
            signed.putAll(missing.isEmpty() ? Map.of() : next.issue(clusters, missing, new ApplySet(mesh.id())));
            requireUnder(next, signed);
        }
        return List.copyOf(clusters.inEach(originals.keySet(), cluster -> {
                    Secret original = Objects.requireNonNull(originals.get(cluster.name()));
                    return RotationMark.write(
                            cluster,
                            new ApplySet(mesh.id()),
                            change,
                            next.fingerprints(),
                            original,
                            Objects.requireNonNull(signed.get(cluster.name())),
                            roots(phase, original, next));
                })
                .values());
    }

    private static List<X509Certificate> roots(RootPhase phase, Secret original, NextRoot next) {
        List<X509Certificate> roots = new ArrayList<>();
        if (phase != RootPhase.OLD_REMOVED) {
            roots.addAll(rootsOf(original));
        }
        next.roots().stream().filter(root -> !roots.contains(root)).forEach(roots::add);
        return roots;
    }

    /** Nobody has approved to write over roots that came after the approval. */
    private static void requireNoOthers(
            Collection<Secret> originals, NextRoot next, SortedMap<ClusterName, Secret> live) {
        Set<X509Certificate> known = new HashSet<>(next.roots());
        originals.forEach(original -> known.addAll(rootsOf(original)));
        List<Finding> findings = live.entrySet().stream()
                .filter(entry -> !known.containsAll(rootsOf(entry.getValue())))
                .map(entry -> Finding.blocking(
                        entry.getKey().value(),
                        Cacerts.OBJECT,
                        "the old root, the new one, or both, as this change left it",
                        RootCertificates.fingerprints(rootsOf(entry.getValue())) + ": somebody has written it since",
                        "Find out who did and why. Put it back as it was, then try again; or roll back."))
                .toList();
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.ROOTS_DIFFER, findings);
        }
    }

    private static List<X509Certificate> rootsOf(Secret cacerts) {
        return CacertsContent.readable(cacerts).map(CacertsContent::roots).orElse(List.of());
    }

    private static void requireUnder(NextRoot next, SortedMap<ClusterName, Secret> signed) {
        List<Finding> findings = signed.entrySet().stream()
                .filter(entry -> !next.isAbove(entry.getValue()))
                .map(entry -> Finding.blocking(
                        entry.getKey().value(),
                        Cacerts.OBJECT,
                        "an intermediate CA under " + next.fingerprints(),
                        "one that does not lead there",
                        "Set meshspan.trust to a signer under the new root, then try again."))
                .toList();
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.ROOTS_DIFFER, findings);
        }
    }

    /** The fingerprints of the roots that clusters have in their {@code cacerts} now; each cluster's sorted. */
    public SortedMap<ClusterName, Set<String>> inPlace(Collection<ClusterName> names) {
        SortedMap<ClusterName, Set<String>> roots = new TreeMap<>();
        live(names).forEach((name, secret) -> roots.put(name, fingerprints(rootsOf(secret))));
        return roots;
    }

    /** The fingerprints of the roots that the control plane gives to the workloads of a namespace. */
    public static Set<String> served(Cluster cluster, String namespace) {
        return fingerprints(ServedRoots.in(cluster, namespace));
    }

    private static Set<String> fingerprints(List<X509Certificate> roots) {
        return roots.stream().map(CertificateFingerprint::of).collect(Collectors.toUnmodifiableSet());
    }

    /** After the acceptance: what is signed from now on is signed under the new root. Says what was done; may be repeated. */
    public Optional<String> keep(Mesh mesh) {
        if (properties.source() != TrustSource.KEYSTORE || !keystore.hasNext()) {
            return Optional.empty();
        }
        Set<String> next = Set.of(CertificateFingerprint.of(keystore.nextRoot()));
        boolean everywhere = inPlace(concerned(mesh)).values().stream().allMatch(next::equals);
        if (everywhere) {
            keystore.promoteNext();
        }
        return Optional.of(
                everywhere
                        ? "The keystore has the new root. The old one is kept in a file beside it."
                        : "The keystore keeps the old root: a cluster does not have the new one alone.");
    }

    private SortedMap<ClusterName, Secret> live(Collection<ClusterName> names) {
        SortedMap<ClusterName, Secret> live = new TreeMap<>();
        clusters.inEach(names, RotationMark::live)
                .forEach((name, secret) -> secret.ifPresent(there -> live.put(name, there)));
        return live;
    }

    private NextRoot next(String change, SortedMap<ClusterName, Secret> live) {
        return switch (properties.source()) {
            case GIVEN -> NextRoot.given(clusters, live.keySet());
            case KEYSTORE -> ofKeystore(change, live);
            case ISSUER -> NextRoot.of(new KeystoreSigner(keystore, properties, true));
            case VAULT -> NextRoot.of(new VaultSigner(properties));
            case CERT_MANAGER -> throw new IllegalStateException("refused by the checks");
        };
    }

    /**
     * The root that this change has begun with; else one that an earlier change has begun with, or another mesh already has; else a
     * new one.
     */
    private NextRoot ofKeystore(String change, SortedMap<ClusterName, Secret> live) {
        NextRoot current = NextRoot.of(new KeystoreSigner(keystore, properties, true));
        Set<String> begun = live.values().stream()
                .filter(secret -> RotationMark.isFor(change, secret))
                .map(RotationMark::target)
                .collect(Collectors.toSet());
        boolean isCurrent = begun.isEmpty()
                ? live.values().stream()
                        .flatMap(secret -> CacertsContent.readable(secret).stream())
                        .noneMatch(content -> content.roots().stream()
                                .anyMatch(root -> current.roots().contains(root) || isNext(root)))
                : begun.contains(current.fingerprints());
        return isCurrent ? current : NextRoot.of(KeystoreSigner.ofNextRoot(keystore, properties));
    }

    private boolean isNext(X509Certificate root) {
        return keystore.hasNext() && keystore.nextRoot().equals(root);
    }
}
