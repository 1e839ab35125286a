package io.meshspan.trust;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Do the clusters that already have {@code cacerts} share one root, and is it ours? */
final class RootComparison {

    private static final String SHARED_ADVICE =
            "These clusters share one root that is not Meshspan's. Keep it: put this"
                    + " root with its key into a PKCS#12 keystore, set meshspan.trust.keystore and"
                    + " meshspan.trust.keystore-password to it, and run again; clusters without cacerts then get intermediates"
                    + " under it";

    private static final String DIFFERING_ADVICE = "Workloads of clusters with different roots refuse each other."
            + " Choose one root, configure it in Meshspan (meshspan.trust.keystore), delete cacerts where the root is"
            + " another, run again, and restart istiod and all workloads there";

    private RootComparison() {}

    static Optional<Finding> judge(Map<ClusterName, ClusterTrust> observed, RootCa ours) {
        SortedMap<ClusterName, String> roots = new TreeMap<>();
        observed.forEach((cluster, trust) ->
                trust.root().ifPresent(root -> roots.put(cluster, CertificateFingerprint.of(root))));
        Set<String> distinct = new TreeSet<>(roots.values());
        if (distinct.isEmpty() || distinct.equals(Set.of(ours.fingerprint()))) {
            return Optional.empty();
        }
        return Optional.of(Finding.blocking(
                joined(roots.keySet()),
                Cacerts.OBJECT,
                "Meshspan's root %s in every cluster".formatted(ours.fingerprint()),
                roots.entrySet().stream()
                        .map(e -> "%s has root %s".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")),
                distinct.size() == 1 ? SHARED_ADVICE : DIFFERING_ADVICE));
    }

    private static String joined(Set<ClusterName> clusters) {
        return clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
    }
}
