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
        return run(mesh, Check::check, looks -> between(mesh, looks));
    }

    /**
     * Like {@link #run}, but only checks what concerns the sample: nothing is installed, and the owner of the mesh does not
     * matter.
     */
    public Findings runBeforeVerification(Mesh mesh) {
        return run(mesh, Check::checkBeforeVerification, looks -> List.of());
    }

    private Findings run(
            Mesh mesh, Look how, Function<SortedMap<ClusterName, PreflightResult>, List<Finding>> comparing) {
        long start = System.nanoTime();
        List<Finding> findings = new ArrayList<>(logins.check(mesh));
        SortedMap<ClusterName, PreflightResult> looks =
                ReachableClusters.among(logins.usable(mesh), findings, willing -> look(mesh, willing, how));
        looks.values().forEach(look -> findings.addAll(look.findings()));
        findings.addAll(comparing.apply(looks));
        LOG.debug(
                "Preflight of mesh {} took {} ms",
                mesh.id(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return judged(new Findings(findings), silent(looks));
    }

    private SortedMap<ClusterName, PreflightResult> look(Mesh mesh, Collection<ClusterName> names, Look how) {
        return clusters.inEach(names, cluster -> PreflightResult.at(cluster, mesh, checks, how, comparisons));
    }

    private List<Finding> between(Mesh mesh, SortedMap<ClusterName, PreflightResult> looks) {
        SortedMap<ClusterName, ClusterSnapshot> seen = new TreeMap<>();
        looks.forEach((name, look) -> look.sight().ifPresent(sight -> seen.put(name, sight)));
        List<Finding> findings = new ArrayList<>(meshChecks.check(mesh, seen.keySet()));
        comparisons.forEach(comparison -> findings.addAll(comparison.compare(mesh, seen)));
        return findings;
    }

    private static List<Finding> silent(SortedMap<ClusterName, PreflightResult> looks) {
        List<Finding> silent = new ArrayList<>();
        looks.forEach((name, look) -> look.fault().ifPresent(fault -> silent.add(unreachable(name, fault))));
        return silent;
    }

    private static Findings judged(Findings findings, List<Finding> silent) {
        if (findings.blocking()) {
            throw new StepFailed(
                    FailureCode.PREFLIGHT_FAILED, findings.with(silent).grouped());
        }
        if (!silent.isEmpty()) {
            throw new TransientException(new Findings(silent).toString());
        }
        return findings;
    }

    /** A cluster whose API server did not answer. */
    private static Finding unreachable(ClusterName cluster, String fault) {
        return Finding.blocking(
                cluster.value(),
                "API server",
                "an answer within a few seconds",
                fault,
                "See whether it runs, and whether this service can reach the address in the kubeconfig.");
    }

    /** All of a check, or the part that concerns the sample. */
    private interface Look {
        List<Finding> at(Check check, Mesh mesh, ClusterSnapshot cluster);
    }

    /**
     * The result of checking one cluster. Its fault is kept, so that it does not hide the findings of other clusters.
     *
     * @param sight the snapshot of the cluster; empty if it could not be completed
     * @param fault why its API server did not answer, if a retry may help
     */
    private record PreflightResult(Optional<ClusterSnapshot> sight, List<Finding> findings, Optional<String> fault) {

        static PreflightResult at(
                Cluster cluster, Mesh mesh, List<Check> checks, Look how, List<CrossClusterCheck> comparisons) {
            List<Finding> findings = new ArrayList<>();
            try {
                ClusterSnapshot sight = ClusterSnapshot.of(cluster, mesh.member(cluster.name()));
                boolean complete = looked(checks, how, mesh, sight, findings);
                comparisons.forEach(comparison -> comparison.look(sight));
                unreadable(sight).ifPresent(findings::add);
                return new PreflightResult(
                        complete ? Optional.of(sight) : Optional.empty(), findings, Optional.empty());
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
        private static boolean looked(
                List<Check> checks, Look how, Mesh mesh, ClusterSnapshot sight, List<Finding> findings) {
            boolean complete = true;
            for (Check check : checks) {
                try {
                    findings.addAll(timed(check, how, mesh, sight));
                } catch (StepFailed e) {
                    findings.addAll(e.findings());
                    complete = false;
                }
            }
            return complete;
        }

        private static List<Finding> timed(Check check, Look how, Mesh mesh, ClusterSnapshot sight) {
            long start = System.nanoTime();
            List<Finding> findings = how.at(check, mesh, sight);
            LOG.debug(
                    "{}: {} took {} ms",
                    sight.where(),
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
