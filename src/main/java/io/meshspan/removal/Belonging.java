package io.meshspan.removal;

import io.meshspan.kubernetes.FieldChange;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.plan.PlannedObject;
import java.util.List;

/**
 * An object that goes with a mesh.
 *
 * @param outcome DELETED, or PATCHED where it only loses what Meshspan wrote into it
 * @param note what a reader of the plan should know of it; may be empty
 */
record Belonging(ObjectRef object, Outcome outcome, List<FieldChange> changes, String note) {

    Belonging {
        changes = List.copyOf(changes);
    }

    static Belonging deleted(FoundObject found) {
        return deleted(found, "");
    }

    static Belonging deleted(FoundObject found, String note) {
        return new Belonging(found.object(), Outcome.DELETED, List.of(), note);
    }

    Phase phase() {
        return Phase.of(object);
    }

    PlannedObject planned() {
        return new PlannedObject(phase().undone(), object, outcome, changes, "", false, true, note, null);
    }
}
