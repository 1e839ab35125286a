package io.meshspan.plan;

import java.util.List;

/**
 * The renderer's input as people write it: files for istioctl, and values of Istio's charts. Equal files of several clusters
 * appear once.
 */
final class PlanFiles {

    private static final String OPERATOR = "kind: IstioOperator";

    private PlanFiles() {}

    /** @param clusters their names as text */
    record PlanFile(String clusters, String part, String yaml) {

        /** A description, for a heading. */
        String title() {
            return "%s, %s: %s".formatted(clusters, part, yaml.contains(OPERATOR) ? "file for istioctl" : "as given");
        }

        private String markdown() {
            return "### %s\n\n```yaml\n%s```".formatted(title(), yaml);
        }
    }

    private record Content(String part, String yaml) {}

    static List<String> of(Plan plan) {
        return files(plan).stream().map(PlanFile::markdown).toList();
    }

    static List<PlanFile> files(Plan plan) {
        ClusterNames names = new ClusterNames(
                plan.clusters().stream().map(c -> c.member().cluster().value()).toList());
        GroupedByClusters<Content> files = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster -> cluster.files()
                        .forEach((part, yaml) -> files.add(
                                new Content(part, yaml),
                                cluster.member().cluster().value())));
        return files.byClusters().entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(file -> new PlanFile(names.inWords(group.getKey()), file.part(), file.yaml())))
                .toList();
    }
}
