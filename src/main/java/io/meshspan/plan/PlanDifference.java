package io.meshspan.plan;

import io.meshspan.kubernetes.FieldChange;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What has moved between the plan that was approved and the plan as it is now, as Markdown. */
final class PlanDifference {

    private static final String OTHER = "- The name leads to **another cluster** (" + OtherCluster.OBJECT
            + ")\n    - approved: UID %s\n    - now: UID %s";

    private PlanDifference() {}

    /** @param approved the plans that were approved for these clusters, as far as there are any */
    static String between(List<ClusterPlan> approved, Plan now) {
        ClusterNames names = new ClusterNames(
                now.clusters().stream().map(c -> c.member().cluster().value()).toList());
        Grouped<String> lines = new Grouped<>();
        now.clusters().forEach(cluster -> {
            ClusterPlan before = approved.stream()
                    .filter(plan ->
                            plan.member().cluster().equals(cluster.member().cluster()))
                    .findFirst()
                    .orElseGet(() -> ClusterPlan.none(cluster.member()));
            compare(before, cluster, lines);
        });
        String moved = lines.byClusters().entrySet().stream()
                .map(group ->
                        "**In %s**\n\n%s".formatted(names.inWords(group.getKey()), String.join("\n", group.getValue())))
                .collect(Collectors.joining("\n\n"));
        return moved.isEmpty() ? "Nothing that was approved would come out otherwise now." : moved;
    }

    private static void compare(ClusterPlan before, ClusterPlan now, Grouped<String> lines) {
        String cluster = now.member().cluster().value();
        if (!before.isAbout(now.uid())) {
            lines.add(OTHER.formatted(before.uid(), now.uid()), cluster);
        }
        now.objects().forEach(object -> {
            Optional<PlannedObject> planned = before.find(object.object());
            if (planned.isEmpty()) {
                lines.add(line(object.object(), "not in the approved plan", words(object)), cluster);
            } else if (moved(planned.get(), object)) {
                lines.add(line(object.object(), words(planned.get()), words(object)), cluster);
            }
        });
        before.objects().stream()
                .filter(planned ->
                        !planned.later() && now.find(planned.object()).isEmpty())
                .forEach(planned ->
                        lines.add(line(planned.object(), words(planned), "no longer a part of the change"), cluster));
    }

    private static boolean moved(PlannedObject planned, PlannedObject now) {
        boolean rendered = planned.later() || planned.desired().equals(now.desired());
        boolean same = planned.outcome() == now.outcome() && planned.changes().equals(now.changes());
        return !rendered || !(same || now.outcome() == Outcome.UNCHANGED || planned.later());
    }

    private static String line(ObjectRef object, String before, String after) {
        String now = before.equals(after) ? after + ", but rendered otherwise (charts, images or settings)" : after;
        return "- %s\n    - approved: %s\n    - now: %s".formatted(object, before, now);
    }

    private static String words(PlannedObject object) {
        return object.outcome() == Outcome.PATCHED
                ? "change "
                        + object.changes().stream().map(PlanDifference::field).collect(Collectors.joining("; "))
                : object.inWords();
    }

    private static String field(FieldChange change) {
        return "%s: %s → %s"
                .formatted(
                        ObjectLine.code(change.path()),
                        ObjectLine.code(change.before()),
                        ObjectLine.code(change.after()));
    }
}
