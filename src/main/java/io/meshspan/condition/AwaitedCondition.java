package io.meshspan.condition;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Something that a process waits for. */
public interface AwaitedCondition {

    /** As people read it, for example {@code istiod of cluster1}. */
    String describe(Optional<ClusterName> cluster);

    /** After this long a person is asked. */
    Duration limit();

    /** What was found in its stead when the limit was reached. */
    String missing(String change);

    /** What whoever is asked may do first. */
    String advice();

    /** What the cluster says of why it is not so, as far as it says anything. */
    default List<WaitFailure> failures(Mesh mesh, Optional<ClusterName> cluster) {
        return List.of();
    }

    /** Completes when it is so; cancelled when nobody waits any more. */
    CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster);
}
