package io.meshspan.mesh;

/** Whether a cluster runs its own control plane or uses that of a primary. */
public enum Role {
    PRIMARY,
    REMOTE
}
