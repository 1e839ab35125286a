package io.meshspan.verification;

import io.meshspan.finding.FewNames;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a control plane cannot watch one of its clusters. */
final class ControlPlaneFindings {

    /** From so many control planes on, a cluster that they lack is told once. */
    private static final int SEVERAL = 3;

    private ControlPlaneFindings() {}

    /** Where several control planes lack the same cluster, it is one finding about that cluster. */
    static List<Finding> of(ControlPlaneReport report) {
        Map<Lacking, List<ClusterName>> readers = new TreeMap<>();
        report.readers().forEach((reader, view) -> {
            if (view.measured()) {
                view.targets().stream()
                        .filter(target -> !view.status(target).equals(Clusterz.SYNCED))
                        .forEach(target -> readers.computeIfAbsent(
                                        new Lacking(target, view.status(target)), lacking -> new ArrayList<>())
                                .add(reader));
            }
        });
        Set<Lacking> widely = readers.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= SEVERAL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return Stream.concat(
                        widely.stream()
                                .sorted()
                                .map(lacking -> byMany(lacking, readers.getOrDefault(lacking, List.of()))),
                        report.readers().entrySet().stream()
                                .flatMap(reader -> of(reader.getKey(), reader.getValue(), widely)))
                .toList();
    }

    /** A cluster that a control plane does not have in sync, and what it says of it. */
    private record Lacking(ClusterName target, String status) implements Comparable<Lacking> {

        @Override
        public int compareTo(Lacking other) {
            return Comparator.comparing(Lacking::target)
                    .thenComparing(Lacking::status)
                    .compare(this, other);
        }
    }

    private static Finding byMany(Lacking lacking, List<ClusterName> readers) {
        String some = FewNames.of(readers.stream().map(ClusterName::value).toList(), SEVERAL);
        return finding(
                lacking.target,
                "view of it that the istiods of %s have".formatted(some),
                Clusterz.SYNCED,
                lacking.status,
                lacking.status.equals(Clusterz.MISSING)
                        ? "Its remote secret is missing in these clusters: exchange the remote secrets again."
                        : "Its API server may be out of their reach, or the token of its remote secret lacks rights or is no longer valid: see istiod's log in one of them.");
    }

    private static Stream<Finding> of(ClusterName reader, ControlPlaneView view, Set<Lacking> told) {
        if (view.notMeasured() != null) {
            return Stream.of(finding(
                    reader,
                    "istiod " + Clusterz.PATH,
                    "an answer",
                    "not measured: " + view.notMeasured(),
                    "Allow this service to create pods/portforward in istio-system there, and verify again."));
        }
        if (view.replicas().isEmpty()) {
            return Stream.of(finding(
                    reader,
                    "pods app=istiod in istio-system",
                    "at least one Ready",
                    "none",
                    "See why istiod does not become Ready there, and verify again."));
        }
        return view.targets().stream()
                .filter(target -> !view.status(target).equals(Clusterz.SYNCED))
                .filter(target -> !told.contains(new Lacking(target, view.status(target))))
                .map(target -> finding(
                        reader,
                        "istiod's view of " + target,
                        Clusterz.SYNCED,
                        view.status(target),
                        advice(reader, target, view.status(target))));
    }

    private static String advice(ClusterName reader, ClusterName target, String status) {
        String secret = "Secret istio-system/istio-remote-secret-%s (or its name in Istio)".formatted(target);
        return status.equals(Clusterz.MISSING)
                ? "%s is missing in %s, lacks the label istio/multiCluster=true, or its data key is not the name of %s in Istio: exchange the remote secrets again."
                        .formatted(secret, reader, target)
                : "The API server of %s may be out of istiod's reach from %s, or the token in %s lacks rights or is no longer valid: see istiod's log there."
                        .formatted(target, reader, secret);
    }

    private static Finding finding(ClusterName reader, String what, String expected, String found, String advice) {
        return Finding.blocking(reader.value(), what, expected, found, advice);
    }
}
