package io.meshspan.plan;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.ONE;
import static io.meshspan.mesh.TwoPrimaries.TWO;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.Map;

/** Plans for tests. */
final class Plans {

    static final PlannedObject CREATED = created("Deployment", "istiod");
    static final PlannedObject UNCHANGED = object("ConfigMap", "istio", ApplyOutcome.UNCHANGED, List.of());
    static final PlannedObject PATCHED = object(
            "Service",
            "istiod",
            ApplyOutcome.PATCHED,
            List.of(new FieldChange("spec.a", "1", "2"), new FieldChange("spec.b", "nothing", "x")));

    private Plans() {}

    static PlannedObject created(String kind, String name) {
        return object(kind, name, ApplyOutcome.CREATED, List.of());
    }

    static PlannedObject object(String kind, String name, ApplyOutcome applyOutcome, List<FieldChange> changes) {
        String state = applyOutcome == ApplyOutcome.CREATED ? null : "seen";
        return new PlannedObject(
                Step.CONTROL_PLANE, ref(kind, name), applyOutcome, changes, "wish", false, true, "", state);
    }

    static PlannedObject later(String kind, String name, String note) {
        return new PlannedObject(
                Step.CONTROL_PLANE, ref(kind, name), ApplyOutcome.CREATED, List.of(), "wish", true, false, note, null);
    }

    static PlannedObject noted(String kind, String name, String note) {
        return new PlannedObject(
                Step.TRUST, ref(kind, name), ApplyOutcome.CREATED, List.of(), "wish", false, true, note, null);
    }

    static ObjectRef ref(String kind, String name) {
        return new ObjectRef("v1", kind, "istio-system", name);
    }

    static ClusterPlan one(PlannedObject... objects) {
        return new ClusterPlan(MESH.member(ONE), "uid-1", List.of(objects), Map.of());
    }

    static ClusterPlan two(PlannedObject... objects) {
        return new ClusterPlan(MESH.member(TWO), "uid-2", List.of(objects), Map.of());
    }

    static Plan plan(ClusterPlan... clusters) {
        return new Plan(MESH, List.of(clusters));
    }
}
