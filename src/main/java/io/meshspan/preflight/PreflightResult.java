package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of looking at one cluster; a fault there is kept, so that it does not hide what was found elsewhere.
 *
 * @param sight the cluster as seen; none if it could not be looked at to the end
 * @param fault why its API server did not answer, if it may yet
 */
record PreflightResult(Optional<ClusterSnapshot> sight, List<Finding> findings, Optional<String> fault) {

    private static final Logger LOG = LoggerFactory.getLogger(PreflightResult.class);

    static PreflightResult at(Cluster cluster, Mesh mesh, List<Check> checks, List<CrossClusterCheck> comparisons) {
        try {
            ClusterSnapshot sight = ClusterSnapshot.of(cluster, mesh.member(cluster.name()));
            List<Finding> findings = new ArrayList<>();
            checks.forEach(check -> findings.addAll(timed(check, mesh, sight)));
            comparisons.forEach(comparison -> comparison.look(sight));
            UnreadableResources.from(sight).ifPresent(findings::add);
            return new PreflightResult(Optional.of(sight), findings, Optional.empty());
        } catch (StepFailed e) {
            return new PreflightResult(Optional.empty(), e.findings(), Optional.empty());
        } catch (TransientException e) {
            return new PreflightResult(Optional.empty(), List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static List<Finding> timed(Check check, Mesh mesh, ClusterSnapshot sight) {
        long start = System.nanoTime();
        List<Finding> findings = check.check(mesh, sight);
        LOG.debug(
                "{}: {} took {} ms",
                sight.where(),
                check.name(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return findings;
    }
}
