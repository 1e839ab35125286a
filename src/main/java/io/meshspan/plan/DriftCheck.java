package io.meshspan.plan;

import io.meshspan.difference.FieldChange;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks whether steps would still do in a cluster what was approved. Each object must render as it did. It must also be in
 * the state that the plan saw, or change in the same way, or already be as desired. A crashed run of the same change leaves
 * the last case, which needs no second approval.
 */
final class DriftCheck {

    private static final String ADVICE =
            "Find out who changed what; then approve the new plan, or reject it to stop the change.";

    private final Cluster cluster;
    private final ClusterPlan approved;

    DriftCheck(Cluster cluster, ClusterPlan approved) {
        this.cluster = cluster;
        this.approved = approved;
    }

    /** The differences to the approved plan; empty if there are none. */
    List<Finding> of(Set<Step> steps, List<DesiredObject> now) {
        return ClusterIdentityChange.instead(approved, cluster).map(List::of).orElseGet(() -> objects(steps, now));
    }

    private List<Finding> objects(Set<Step> steps, List<DesiredObject> now) {
        List<ObjectRef> objects = now.stream().map(DesiredObject::object).toList();
        Map<ObjectRef, String> states = cluster.states(objects);
        List<Finding> findings = new ArrayList<>();
        now.forEach(desiredObject -> compare(desiredObject, Optional.ofNullable(states.get(desiredObject.object())))
                .ifPresent(findings::add));
        gone(steps, objects).map(this::gone).forEach(findings::add);
        return findings;
    }

    private Optional<Finding> compare(DesiredObject desiredObject, Optional<String> state) {
        Optional<PlannedObject> planned = approved.find(desiredObject.step(), desiredObject.object());
        if (planned.isEmpty()) {
            return Optional.of(
                    moved(desiredObject.object(), "not in the approved plan", "an object that the change would apply"));
        }
        if (!planned.get().desired().equals(desiredObject.desired())) {
            return Optional.of(moved(
                    desiredObject.object(),
                    "the object that was approved",
                    "another one: charts, images or settings changed"));
        }
        return state.equals(Optional.ofNullable(planned.get().state()))
                ? Optional.empty()
                : difference(desiredObject, planned.get(), state);
    }

    private Optional<Finding> difference(DesiredObject desiredObject, PlannedObject planned, Optional<String> state) {
        PlannedObject now =
                PlannedObject.of(desiredObject, desiredObject.preview().apply(cluster), state.orElse(null));
        return agree(planned, now)
                ? Optional.empty()
                : Optional.of(moved(desiredObject.object(), planned.inWords(), now.inWords()));
    }

    /** Values that are only known later cannot be approved, but the fields that the object sets can. */
    private static boolean agree(PlannedObject planned, PlannedObject now) {
        if (now.outcome() == ApplyOutcome.UNCHANGED) {
            return true;
        }
        return now.outcome() == planned.outcome()
                && (planned.later()
                        ? paths(now).equals(paths(planned))
                        : now.changes().equals(planned.changes()));
    }

    private static List<String> paths(PlannedObject object) {
        return object.changes().stream().map(FieldChange::path).toList();
    }

    /** An object that was only known in part may turn out not to be needed. */
    private Stream<ObjectRef> gone(Set<Step> steps, List<ObjectRef> now) {
        return approved.objects().stream()
                .filter(planned -> steps.contains(planned.step()) && !planned.later())
                .map(PlannedObject::object)
                .filter(object -> !now.contains(object));
    }

    private Finding gone(ObjectRef object) {
        return moved(object, "an object that was approved", "none: charts or settings changed");
    }

    private Finding moved(ObjectRef object, String expected, String found) {
        return Finding.blocking(cluster.name().value(), object.toString(), expected, found, ADVICE);
    }
}
