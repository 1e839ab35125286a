package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many objects in which cluster; clusters with the same numbers are one row. */
final class PlanCounts {

    private static final List<ApplyOutcome> COLUMNS =
            List.of(ApplyOutcome.CREATED, ApplyOutcome.PATCHED, ApplyOutcome.DELETED, ApplyOutcome.UNCHANGED);

    private final ClusterNames names;

    PlanCounts(ClusterNames names) {
        this.names = names;
    }

    String table(Plan plan) {
        GroupedByClusters<List<Long>> counts = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster ->
                        counts.add(counts(cluster), cluster.member().cluster().value()));
        Stream<String> head = Stream.of("| cluster | create | change | delete | unchanged |", "|---|---|---|---|---|");
        Stream<String> rows = counts.byClusters().entrySet().stream()
                .map(row -> "| %s | %s |".formatted(names.inWords(row.getKey()), cells(row.getValue())));
        return Stream.concat(head, rows).collect(Collectors.joining("\n"));
    }

    private static List<Long> counts(ClusterPlan cluster) {
        return COLUMNS.stream().map(cluster::count).toList();
    }

    private static String cells(List<List<Long>> counts) {
        return counts.get(0).stream().map(String::valueOf).collect(Collectors.joining(" | "));
    }
}
