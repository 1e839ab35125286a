package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The endpoints that the istiods of each primary have of each cluster, their own included; by primary, then by cluster. A
 * primary whose istiod could not be asked has no entry.
 */
public record EndpointReport(SortedMap<ClusterName, SortedMap<ClusterName, EndpointCount>> readers) {

    public EndpointReport {
        readers = Collections.unmodifiableSortedMap(new TreeMap<>(readers));
    }

    /**
     * What is missing in a later report. A service that the cluster's own istiod does not know any more either is not missed.
     */
    public List<String> missing(EndpointReport later) {
        List<String> missing = new ArrayList<>();
        readers.forEach((reader, targets) -> targets.forEach((target, before) -> {
            EndpointCount now = later.count(reader, target, before);
            EndpointCount own = later.count(target, target, before);
            if (!reader.equals(target) && now.services() < Math.min(before.services(), own.services())) {
                missing.add("istiod of %s has %s of %s, %s before".formatted(reader, now, target, before));
            }
        }));
        return missing;
    }

    /** For people, one line a pair of clusters. */
    public String comparedWith(EndpointReport later) {
        List<String> lines = new ArrayList<>();
        readers.forEach((reader, targets) -> targets.forEach((target, before) -> {
            if (!reader.equals(target)) {
                lines.add("istiod of %s: %s of %s before, %s after"
                        .formatted(reader, before, target, later.count(reader, target, new EndpointCount(0, 0))));
            }
        }));
        return lines.isEmpty() ? "no istiod could be asked" : String.join("\n", lines);
    }

    private EndpointCount count(ClusterName reader, ClusterName target, EndpointCount otherwise) {
        Map<ClusterName, EndpointCount> targets = readers.getOrDefault(reader, new TreeMap<>());
        return targets.getOrDefault(target, otherwise);
    }
}
