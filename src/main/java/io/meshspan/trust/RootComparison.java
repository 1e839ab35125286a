package io.meshspan.trust;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks whether the workloads of all clusters trust each other. The chain of each cluster must reach a root that every
 * other cluster also trusts. Usually this is one root. During a change of the root there may be several, if all clusters
 * have them.
 */
final class RootComparison {

    private static final String SHARED_ADVICE =
            "These clusters share one root that Meshspan's source of trust does not have."
                    + " Keep it: give the other clusters cacerts of the same root and set meshspan.trust.source to given; or have"
                    + " an authority under that root sign them (meshspan.trust.source issuer, vault or cert-manager; keystore where"
                    + " you hold the root's key). docs/trust.md describes each";

    private static final String DIFFERING_ADVICE =
            "Workloads of clusters with different roots refuse each other. Choose one root. In clusters "
                    + "with another root, install cacerts of the chosen root (or delete them, if "
                    + "meshspan.trust.source signs under that root), run again, and restart istiod and all workloads "
                    + "there";

    private final SortedMap<ClusterName, ClusterTrust> observed;
    private final List<X509Certificate> ours;

    /**
     * @param ours the roots of the intermediates that will be signed; empty if none will be, or if the roots are not known
     *     yet
     */
    RootComparison(SortedMap<ClusterName, ClusterTrust> observed, List<X509Certificate> ours) {
        this.observed = observed;
        this.ours = ours;
    }

    Optional<Finding> judge() {
        List<Set<X509Certificate>> trusted = new ArrayList<>();
        observed.values().stream()
                .map(trust -> Set.copyOf(trust.roots()))
                .filter(roots -> !roots.isEmpty() && !trusted.contains(roots))
                .forEach(trusted::add);
        if (!ours.isEmpty()) {
            trusted.add(Set.copyOf(ours));
        }
        boolean together = trusted.stream().allMatch(this::trustedByAll);
        return together || trusted.isEmpty() ? Optional.empty() : Optional.of(finding());
    }

    private boolean trustedByAll(Set<X509Certificate> roots) {
        return (ours.isEmpty() || !Collections.disjoint(roots, ours))
                && observed.values().stream().allMatch(trust -> isTrusted(trust, roots));
    }

    /** A root that was renewed with the same key is another certificate, but verifies the same chains. */
    private static boolean isTrusted(ClusterTrust trust, Set<X509Certificate> roots) {
        if (trust.external().isPresent()) {
            return trust.roots().isEmpty() || !Collections.disjoint(trust.roots(), roots);
        }
        return trust.cacerts()
                .filter(cacerts -> cacerts.root().isPresent())
                .flatMap(CacertsInspection::content)
                .map(content -> CertificateChain.from(content.authority(), content.chain(), List.copyOf(roots))
                        .reachesRoot())
                .orElse(true);
    }

    private Finding finding() {
        SortedMap<ClusterName, X509Certificate> roots = new TreeMap<>();
        observed.forEach((cluster, trust) ->
                trust.root().or(() -> trust.roots().stream().findFirst()).ifPresent(root -> roots.put(cluster, root)));
        Set<X509Certificate> distinct = new LinkedHashSet<>(roots.values());
        return Finding.blocking(
                joined(roots.keySet()),
                Cacerts.OBJECT,
                ours.isEmpty()
                        ? "one root in every cluster"
                        : "the root of meshspan.trust.source in every cluster, " + shown(ours.get(0)),
                roots.entrySet().stream()
                        .map(e -> "%s has root %s".formatted(e.getKey(), shown(e.getValue())))
                        .collect(Collectors.joining(", ")),
                (distinct.size() == 1 ? SHARED_ADVICE : DIFFERING_ADVICE) + ".");
    }

    /** The fingerprint and the name of the root. */
    static String shown(X509Certificate root) {
        return "%s (%s)".formatted(CertificateFingerprint.of(root), AuthorityFault.name(root));
    }

    static String joined(Set<ClusterName> clusters) {
        return clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
    }

    /** The roots that the chains reach, each with its clusters. */
    static Map<X509Certificate, Set<ClusterName>> byRoot(SortedMap<ClusterName, ClusterTrust> observed) {
        Map<X509Certificate, Set<ClusterName>> byRoot = new LinkedHashMap<>();
        observed.forEach((cluster, trust) -> trust.root()
                .ifPresent(root ->
                        byRoot.computeIfAbsent(root, same -> new TreeSet<>()).add(cluster)));
        return byRoot;
    }
}
