package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;

/** An object that a step has applied, also if it was already as desired. */
public record AppliedObject(ClusterName cluster, ObjectRef object, ApplyOutcome outcome) {}
