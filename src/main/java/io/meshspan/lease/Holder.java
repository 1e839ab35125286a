package io.meshspan.lease;

import io.meshspan.mesh.MeshId;

/**
 * The change that holds a Lease.
 *
 * @param change the id of the topmost process instance
 */
public record Holder(MeshId mesh, String change) {

    public Holder {
        if (change.isBlank()) {
            throw new IllegalArgumentException("a holder is a change with an id");
        }
    }

    /** The value of the Lease's {@code holderIdentity}. */
    @Override
    public String toString() {
        return mesh + "/" + change;
    }
}
