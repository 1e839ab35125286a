package io.meshspan.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of a plan that is there for the verification only, as Markdown: told once, and counted apart. */
final class SampleText {

    private static final int FEW = 4;
    private static final Pattern OWN_NUMBER = Pattern.compile("-v[0-9]+$");

    private SampleText() {}

    /** Nothing where the plan has no such part. */
    static Stream<String> of(Plan plan, ClusterNames names) {
        GroupedByClusters<String> lines = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster -> cluster.sample()
                        .forEach(object -> lines.add(
                                line(object, plan), cluster.member().cluster().value())));
        Map<List<String>, List<String>> groups = lines.byClusters();
        return groups.isEmpty()
                ? Stream.empty()
                : Stream.of("### For the verification", head(plan), byClusters(groups, names));
    }

    private static String head(Plan plan) {
        return "The sample HelloWorld, %d objects, counted apart. It changes nothing that is there: where its namespace is"
                        .formatted(plan.sample().count())
                + " somebody else's, the verification stops."
                + (many(plan) ? " N stands for a number that each cluster has for itself." : "");
    }

    private static String byClusters(Map<List<String>, List<String>> groups, ClusterNames names) {
        Map<String, String> lines = new LinkedHashMap<>();
        groups.forEach((clusters, objects) -> lines.put(names.inWords(clusters), String.join(", ", objects)));
        return lines.entrySet().stream()
                .map(line -> "- In %s: %s".formatted(line.getKey(), line.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static boolean many(Plan plan) {
        return plan.clusters().size() > FEW;
    }

    private static String line(PlannedObject object, Plan plan) {
        String name = object.object().toString();
        return (many(plan) ? OWN_NUMBER.matcher(name).replaceFirst("-vN") : name)
                + (object.note().isEmpty() ? "" : " (" + noted(object) + ")");
    }

    private static String noted(PlannedObject object) {
        return object.object().kind().equals("Deployment") ? "image `" + object.note() + "`" : object.note();
    }
}
