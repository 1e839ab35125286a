package io.meshspan.preflight;

import io.meshspan.difference.PlanProperties;
import io.meshspan.difference.PlanProperties.IgnoredDifference;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which fields does the plan hide, because the settings say that other tools write them? The approver sees this list. */
@Component
final class IgnoredDifferences implements Check {

    private final PlanProperties plans;

    IgnoredDifferences(PlanProperties plans) {
        this.plans = plans;
    }

    @Override
    public String name() {
        return "Ignored differences";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return plans.ignoreDifferences().isEmpty()
                ? List.of()
                : List.of(Finding.note(
                        cluster.where(),
                        "setting meshspan.plan.ignore-differences",
                        "every field compared",
                        plans.ignoreDifferences().stream()
                                .map(IgnoredDifferences::described)
                                .collect(Collectors.joining("; ")),
                        "The plan does not show these fields, and the change leaves them as others write them."));
    }

    private static String described(IgnoredDifference rule) {
        String objects = (rule.kind().equals("*") ? "every kind" : rule.kind())
                + (rule.name().equals("*") ? "" : " " + rule.name());
        return "%s: %s"
                .formatted(
                        objects,
                        Stream.concat(
                                        rule.jsonPointers().stream(),
                                        rule.managers().stream().map("fields of manager "::concat))
                                .collect(Collectors.joining(", ")));
    }
}
