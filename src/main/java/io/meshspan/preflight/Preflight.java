package io.meshspan.preflight;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds everything that would prevent a change, before it touches anything. */
@Component
public final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Clusters clusters;
    private final Logins logins;
    private final List<Check> checks;
    private final List<CrossClusterCheck> comparisons;
    private final MeshChecks meshChecks;

    Preflight(
            Clusters clusters,
            Logins logins,
            List<Check> checks,
            List<CrossClusterCheck> comparisons,
            MeshChecks meshChecks) {
        this.clusters = clusters;
        this.logins = logins;
        this.checks = checks;
        this.comparisons = comparisons;
        this.meshChecks = meshChecks;
    }

    /**
     * The findings for the person who decides. Read-only.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     * @throws TransientException if a cluster does not answer and nothing else is wrong: a retry may work
     */
    public Findings run(Mesh mesh) {
        return run(mesh, Check::check, results -> compare(mesh, results));
    }

    /**
     * Like {@link #run}, but only checks what concerns the sample: nothing is installed, and the owner of the mesh does not
     * matter.
     */
    public Findings runBeforeVerification(Mesh mesh) {
        return run(mesh, Check::checkBeforeVerification, results -> List.of());
    }

    private Findings run(
            Mesh mesh, CheckMode mode, Function<SortedMap<ClusterName, PreflightResult>, List<Finding>> comparing) {
        long start = System.nanoTime();
        List<Finding> findings = new ArrayList<>(logins.check(mesh));
        SortedMap<ClusterName, PreflightResult> results =
                ReachableClusters.among(logins.usable(mesh), findings, reachable -> checkEach(mesh, reachable, mode));
        results.values().forEach(result -> findings.addAll(result.findings()));
        findings.addAll(comparing.apply(results));
        LOG.debug(
                "Preflight of mesh {} took {} ms",
                mesh.id(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return requirePassed(new Findings(findings), unreachable(results));
    }

    private SortedMap<ClusterName, PreflightResult> checkEach(
            Mesh mesh, Collection<ClusterName> names, CheckMode mode) {
        return clusters.inEach(names, cluster -> PreflightResult.of(cluster, mesh, checks, mode, comparisons));
    }

    private List<Finding> compare(Mesh mesh, SortedMap<ClusterName, PreflightResult> results) {
        SortedMap<ClusterName, ClusterSnapshot> snapshots = new TreeMap<>();
        results.forEach((name, result) -> result.snapshot().ifPresent(snapshot -> snapshots.put(name, snapshot)));
        List<Finding> findings = new ArrayList<>(meshChecks.check(mesh, snapshots.keySet()));
        comparisons.forEach(comparison -> findings.addAll(comparison.compare(mesh, snapshots)));
        return findings;
    }

    private static List<Finding> unreachable(SortedMap<ClusterName, PreflightResult> results) {
        List<Finding> unreachable = new ArrayList<>();
        results.forEach((name, result) -> result.fault().ifPresent(fault -> unreachable.add(unreachable(name, fault))));
        return unreachable;
    }

    private static Findings requirePassed(Findings findings, List<Finding> unreachable) {
        if (findings.blocking()) {
            throw new StepFailed(
                    FailureCode.PREFLIGHT_FAILED, findings.with(unreachable).grouped());
        }
        if (!unreachable.isEmpty()) {
            throw new TransientException(new Findings(unreachable).toString());
        }
        return findings;
    }

    /** A cluster whose API server did not answer. */
    private static Finding unreachable(ClusterName cluster, String fault) {
        String place = cluster + ", API server: ";
        String told = fault.startsWith(place) ? fault.substring(place.length()) : fault;
        return Finding.blocking(
                cluster.value(),
                "API server",
                "an answer within a few seconds",
                told.endsWith(".") ? told.substring(0, told.length() - 1) : told,
                "See whether it runs, and whether this service can reach the address in the kubeconfig.");
    }

    /** All of a check, or the part that concerns the sample. */
    private interface CheckMode {
        List<Finding> findings(Check check, Mesh mesh, ClusterSnapshot cluster);
    }

    /**
     * The result of checking one cluster. Its fault is kept, so that it does not hide the findings of other clusters.
     *
     * @param snapshot the snapshot of the cluster; empty if it could not be completed
     * @param fault why its API server did not answer, if a retry may help
     */
    private record PreflightResult(Optional<ClusterSnapshot> snapshot, List<Finding> findings, Optional<String> fault) {

        static PreflightResult of(
                Cluster cluster, Mesh mesh, List<Check> checks, CheckMode mode, List<CrossClusterCheck> comparisons) {
            List<Finding> findings = new ArrayList<>();
            try {
                ClusterSnapshot snapshot = ClusterSnapshot.of(cluster, mesh.member(cluster.name()));
                boolean complete = runChecks(checks, mode, mesh, snapshot, findings);
                comparisons.forEach(comparison -> comparison.read(snapshot));
                unreadable(snapshot).ifPresent(findings::add);
                return new PreflightResult(
                        complete ? Optional.of(snapshot) : Optional.empty(), findings, Optional.empty());
            } catch (StepFailed e) {
                findings.addAll(e.findings());
                return new PreflightResult(Optional.empty(), findings, Optional.empty());
            } catch (TransientException e) {
                return new PreflightResult(
                        Optional.empty(),
                        findings,
                        // the reason may be a finding, for example a webhook without pods, and not a fault of the API
                        // server
                        new Findings(findings).blocking()
                                ? Optional.empty()
                                : Optional.of(String.valueOf(e.getMessage())));
            } finally {
                cluster.endDryRuns();
            }
        }

        /** A check that fails does not hide the others. Returns false if a check could not run. */
        private static boolean runChecks(
                List<Check> checks, CheckMode mode, Mesh mesh, ClusterSnapshot snapshot, List<Finding> findings) {
            boolean complete = true;
            for (Check check : checks) {
                try {
                    findings.addAll(timed(check, mode, mesh, snapshot));
                } catch (StepFailed e) {
                    findings.addAll(e.findings());
                    complete = false;
                }
            }
            return complete;
        }

        private static List<Finding> timed(Check check, CheckMode mode, Mesh mesh, ClusterSnapshot snapshot) {
            long start = System.nanoTime();
            List<Finding> findings = mode.findings(check, mesh, snapshot);
            LOG.debug(
                    "{}: {} took {} ms",
                    snapshot.where(),
                    check.name(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            return findings;
        }

        /** Reports what the checks could not read, so that nobody takes the missing findings for a pass. */
        private static Optional<Finding> unreadable(ClusterSnapshot cluster) {
            return cluster.hidden().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Finding.warning(
                            cluster.where(),
                            "what the preflight may read",
                            "the rights to " + String.join(", ", List.copyOf(cluster.hidden())),
                            "no such rights",
                            "Grant them to the user of this cluster's context, or decide without the checks that need"
                                    + " them (docs/preflight.md)."));
        }
    }
}
