package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;

/** One object after a step touched it, or found that it need not. */
public record AppliedObject(ClusterName cluster, ObjectRef object, ApplyOutcome outcome) {}
