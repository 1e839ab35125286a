package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.plan.PlannedObject.ShownField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The plan of an adoption as Markdown: what is marked, and what differs from an installation and stays as it is. */
public final class AdoptionText {

    private static final int MOST_FIELDS = 12;

    private final Plan plan;
    private final ClusterNames names;

    private AdoptionText(Plan plan) {
        this.plan = plan;
        this.names = new ClusterNames(
                plan.clusters().stream().map(c -> c.member().cluster().value()).toList());
    }

    public static String of(Plan plan) {
        return new AdoptionText(plan).text();
    }

    private String text() {
        List<String> parts = new ArrayList<>();
        parts.add(
                "### What changes\n\n"
                        + "No pod restarts: an adoption writes no pod template, and no setting. It puts the label of the mesh on "
                        + "each object, and makes Meshspan the owner of the fields of objects that are as it would install them.");
        String created = lines(
                "",
                object -> object.outcome() == ApplyOutcome.CREATED,
                object -> "create %s, the parent of the mesh's objects".formatted(object.object()));
        parts.add((created + "\n" + marked()).strip());
        parts.add(lines(
                "### Differs from what Meshspan would install, and stays as it is\n\n"
                        + "A drift check takes these as accepted. An installation or an upgrade would write the second value.",
                object -> !object.left().isEmpty() && !isMissing(object),
                AdoptionText::differing));
        parts.add(lines(
                "### Not there, and not created",
                object -> isMissing(object),
                object -> object.object().toString()));
        parts.add(PlanText.of(new Plan(
                plan.mesh(),
                plan.clusters().stream()
                        .map(cluster -> new ClusterPlan(
                                cluster.member(),
                                cluster.uid(),
                                cluster.sample().toList(),
                                Map.of()))
                        .toList())));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private static boolean isMissing(PlannedObject object) {
        return object.left().stream().anyMatch(field -> field.path().isEmpty());
    }

    private String marked() {
        GroupedByClusters<String> kinds = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster -> cluster.lasting()
                        .filter(object -> object.outcome() == ApplyOutcome.PATCHED)
                        .map(object -> object.object().kind())
                        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()))
                        .forEach((kind, count) -> kinds.add(
                                count + " " + kind, cluster.member().cluster().value())));
        return kinds.byClusters().entrySet().stream()
                .map(group ->
                        "- In %s mark %s".formatted(names.inWords(group.getKey()), String.join(", ", group.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private String lines(String title, Predicate<PlannedObject> which, Function<PlannedObject, String> words) {
        GroupedByClusters<String> lines = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster -> cluster.lasting()
                        .filter(which)
                        .forEach(object -> lines.add(
                                words.apply(object), cluster.member().cluster().value())));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        lines.byClusters().forEach((clusters, all) -> groups.put(names.inWords(clusters), all));
        String text = groups.entrySet().stream()
                .flatMap(group -> group.getValue().stream().map(line -> "- In %s %s".formatted(group.getKey(), line)))
                .collect(Collectors.joining("\n"));
        return text.isEmpty() || title.isEmpty() ? text : title + "\n\n" + text;
    }

    private static String differing(PlannedObject object) {
        List<ShownField> fields = object.leftFields();
        String shown = fields.stream()
                .limit(MOST_FIELDS)
                .map(field -> "\n    - %s: %s, not %s"
                        .formatted(
                                ObjectLine.code(field.path()),
                                ObjectLine.code(field.before()),
                                ObjectLine.code(field.after())))
                .collect(Collectors.joining());
        int more = fields.size() - MOST_FIELDS;
        return object.object() + shown + (more > 0 ? "\n    - and %d more".formatted(more) : "");
    }
}
