package io.meshspan.plan;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The differences between the approved plan and the current one. */
final class PlanDifference {

    private static final String ANOTHER_CLUSTER =
            "The name leads to another cluster (%s)".formatted(ClusterIdentityChange.OBJECT);

    /** The approved outcome of an object, and the current one. */
    private record Move(String object, String approved, String now) {}

    private PlanDifference() {}

    /**
     * As Markdown.
     *
     * @param approved the approved plans of these clusters, if any
     */
    static String between(List<ClusterPlan> approved, Plan now) {
        ClusterNames names = names(now);
        String moved = moves(approved, now, PlanDifference::markdown).byClusters().entrySet().stream()
                .map(group -> "**In %s**\n\n%s"
                        .formatted(
                                names.inWords(group.getKey()),
                                group.getValue().stream()
                                        .map(PlanDifference::line)
                                        .collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n\n"));
        return moved.isEmpty() ? "Nothing that was approved would come out otherwise now." : moved;
    }

    /** Like {@link #between}, in plain words. */
    static List<PlanView.Moved> moved(List<ClusterPlan> approved, Plan now) {
        ClusterNames names = names(now);
        return moves(approved, now, PlannedObject::inWords).byClusters().entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(move -> new PlanView.Moved(
                                names.inWords(group.getKey()), move.object(), move.approved(), move.now())))
                .toList();
    }

    private static ClusterNames names(Plan plan) {
        return new ClusterNames(
                plan.clusters().stream().map(c -> c.member().cluster().value()).toList());
    }

    private static GroupedByClusters<Move> moves(
            List<ClusterPlan> approved, Plan now, Function<PlannedObject, String> words) {
        GroupedByClusters<Move> moves = new GroupedByClusters<>();
        now.clusters().forEach(cluster -> {
            ClusterPlan before = approved.stream()
                    .filter(plan ->
                            plan.member().cluster().equals(cluster.member().cluster()))
                    .findFirst()
                    .orElseGet(() -> ClusterPlan.none(cluster.member()));
            compare(before, cluster, words)
                    .forEach(move -> moves.add(move, cluster.member().cluster().value()));
        });
        return moves;
    }

    private static List<Move> compare(ClusterPlan before, ClusterPlan now, Function<PlannedObject, String> words) {
        List<Move> moves = new ArrayList<>();
        if (!before.isAbout(now.uid())) {
            moves.add(new Move(ANOTHER_CLUSTER, "UID " + before.uid(), "UID " + now.uid()));
        }
        now.objects().forEach(object -> {
            Optional<PlannedObject> planned = before.find(object.step(), object.object());
            if (planned.isEmpty()) {
                moves.add(move(object.object(), "not in the approved plan", words.apply(object)));
            } else if (moved(planned.get(), object)) {
                moves.add(move(object.object(), words.apply(planned.get()), words.apply(object)));
            }
        });
        before.objects().stream()
                .filter(planned ->
                        !planned.later() && now.find(planned.object()).isEmpty())
                .forEach(planned ->
                        moves.add(move(planned.object(), words.apply(planned), "no longer a part of the change")));
        return moves;
    }

    private static boolean moved(PlannedObject planned, PlannedObject now) {
        boolean rendered = planned.later() || planned.desired().equals(now.desired());
        boolean same = planned.outcome() == now.outcome() && planned.changes().equals(now.changes());
        return !rendered || !(same || now.outcome() == ApplyOutcome.UNCHANGED || planned.later());
    }

    private static Move move(ObjectRef object, String before, String after) {
        String now = before.equals(after) ? after + ", but rendered differently (charts, images or settings)" : after;
        return new Move(object.toString(), before, now);
    }

    private static String line(Move move) {
        return "- %s\n    - approved: %s\n    - now: %s".formatted(move.object(), move.approved(), move.now());
    }

    private static String markdown(PlannedObject object) {
        return object.outcome() == ApplyOutcome.PATCHED
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
