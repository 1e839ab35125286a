package io.meshspan.plan;

import java.util.List;

/** The files that istioctl is given, as the guide has people write them. */
final class PlanFiles {

    private PlanFiles() {}

    static List<String> of(Plan plan) {
        return plan.clusters().stream()
                .flatMap(cluster -> cluster.files().entrySet().stream()
                        .map(file -> text(cluster.member().cluster().value(), file.getKey(), file.getValue())))
                .toList();
    }

    private static String text(String cluster, String part, String yaml) {
        return "### %s, %s: file for istioctl\n\n```yaml\n%s```".formatted(cluster, part, yaml);
    }
}
