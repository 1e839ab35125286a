package io.meshspan.removal;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.plan.PlannedObject;
import java.util.List;

/**
 * An object that a removal of a mesh deletes or changes.
 *
 * @param outcome DELETED, or PATCHED if it only loses what Meshspan wrote into it
 * @param note for the reader of the plan; may be empty
 */
record OwnedObject(ObjectRef object, ApplyOutcome outcome, List<FieldChange> changes, String note) {

    OwnedObject {
        changes = List.copyOf(changes);
    }

    static OwnedObject deleted(FoundObject found) {
        return deleted(found, "");
    }

    static OwnedObject deleted(FoundObject found, String note) {
        return new OwnedObject(found.object(), ApplyOutcome.DELETED, List.of(), note);
    }

    Phase phase() {
        return Phase.of(object);
    }

    PlannedObject planned() {
        return new PlannedObject(phase().undone(), object, outcome, changes, "", false, true, note, null);
    }
}
