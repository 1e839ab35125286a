package io.meshspan.condition;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Something that a process waits for. */
public interface AwaitedCondition {

    /** For people, for example {@code istiod}. */
    String what();

    /** The same with the cluster, for example {@code istiod of cluster1}. */
    default String describe(Optional<ClusterName> cluster) {
        return cluster.map(name -> what() + " of " + name).orElse(what());
    }

    /** The time after which a person is asked; where a {@link PolledWatch} counts what is missing, without fewer being so. */
    Duration limit();

    /** What was found instead when the time limit was reached. */
    default String missing(String change) {
        return "not yet";
    }

    /** What the person who is asked can do first. */
    String advice();

    /** Why the condition is not met, if the cluster says so. */
    default List<WaitFailure> failures(Mesh mesh, Optional<ClusterName> cluster) {
        return List.of();
    }

    /** The reasons that people read when the time limit is reached. */
    default List<Finding> reasons(Mesh mesh, Optional<ClusterName> cluster) {
        return failures(mesh, cluster).stream().map(WaitFailure::finding).toList();
    }

    /** Completes when the condition is met; the caller cancels it when it stops waiting. */
    CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster);
}
