package io.meshspan.trust;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the trust step would do; names and fingerprints only.
 *
 * @param rootFingerprint SHA-256 of the root's DER form, lower case hexadecimal
 * @param cacerts for each cluster whether {@code Secret istio-system/cacerts} would be CREATED or stay UNCHANGED
 * @param findings in all clusters; any blocking one and nothing would be written anywhere
 */
public record TrustPlan(String rootFingerprint, SortedMap<ClusterName, ApplyOutcome> cacerts, List<Finding> findings) {

    public TrustPlan {
        cacerts = Collections.unmodifiableSortedMap(new TreeMap<>(cacerts));
        findings = List.copyOf(findings);
    }

    List<Finding> blocking() {
        return findings.stream().filter(f -> f.severity() == Severity.BLOCKING).toList();
    }

    List<ClusterName> toCreate() {
        return cacerts.entrySet().stream()
                .filter(e -> e.getValue() == ApplyOutcome.CREATED)
                .map(Map.Entry::getKey)
                .toList();
    }
}
