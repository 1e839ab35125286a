package io.meshspan.condition;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.verification.ControlPlaneReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Which control plane lacks which cluster is only told at the time limit: each look asks every istiod. */
record InSync(
        String what, Duration limit, BiFunction<Mesh, Optional<ClusterName>, ControlPlaneReport> look, Polling polling)
        implements AwaitedCondition {

    @Override
    public String advice() {
        return "Look at istiod's log";
    }

    @Override
    public List<Finding> reasons(Mesh mesh, Optional<ClusterName> cluster) {
        return look.apply(mesh, cluster).findings();
    }

    @Override
    public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
        return polling.untilNone(Polling.EVERY, () -> look.apply(mesh, cluster).missing());
    }
}
