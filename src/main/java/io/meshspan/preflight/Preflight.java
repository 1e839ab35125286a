package io.meshspan.preflight;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Everything that can be known to stand in the way before anything is touched. */
@Component
public final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Clusters clusters;
    private final Logins logins;
    private final List<Check> checks;
    private final List<Comparison> comparisons;
    private final MeshWide meshWide;

    Preflight(Clusters clusters, Logins logins, List<Check> checks, List<Comparison> comparisons, MeshWide meshWide) {
        this.clusters = clusters;
        this.logins = logins;
        this.checks = checks;
        this.comparisons = comparisons;
        this.meshWide = meshWide;
    }

    /**
     * What a decider should know; changes nothing.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     * @throws PassingFault if a cluster does not answer and nothing else is in the way: it may when asked again
     */
    public Findings run(Mesh mesh) {
        return run(mesh, checks, looks -> between(mesh, looks));
    }

    /** As the other, but only what concerns the sample: nobody installs anything, and whose mesh it is does not matter. */
    public Findings runBeforeVerification(Mesh mesh) {
        return run(mesh, checks.stream().filter(Check::beforeVerification).toList(), looks -> List.of());
    }

    private Findings run(
            Mesh mesh, List<Check> these, Function<SortedMap<ClusterName, Look>, List<Finding>> comparing) {
        long start = System.nanoTime();
        List<Finding> findings = new ArrayList<>(logins.check(mesh));
        SortedMap<ClusterName, Look> looks =
                Willing.among(logins.usable(mesh), findings, willing -> look(mesh, willing, these));
        looks.values().forEach(look -> findings.addAll(look.findings()));
        findings.addAll(comparing.apply(looks));
        LOG.debug(
                "Preflight of mesh {} took {} ms",
                mesh.id(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return judged(new Findings(findings), silent(looks));
    }

    private SortedMap<ClusterName, Look> look(Mesh mesh, Collection<ClusterName> names, List<Check> these) {
        return clusters.inEach(names, cluster -> Look.at(cluster, mesh, these, comparisons));
    }

    private List<Finding> between(Mesh mesh, SortedMap<ClusterName, Look> looks) {
        SortedMap<ClusterName, Sight> seen = new TreeMap<>();
        looks.forEach((name, look) -> look.sight().ifPresent(sight -> seen.put(name, sight)));
        List<Finding> findings = new ArrayList<>(meshWide.check(mesh, seen.keySet()));
        comparisons.forEach(comparison -> findings.addAll(comparison.compare(mesh, seen)));
        return findings;
    }

    private static List<Finding> silent(SortedMap<ClusterName, Look> looks) {
        List<Finding> silent = new ArrayList<>();
        looks.forEach((name, look) -> look.fault().ifPresent(fault -> silent.add(Silent.finding(name, fault))));
        return silent;
    }

    private static Findings judged(Findings findings, List<Finding> silent) {
        if (findings.blocking()) {
            throw new StepFailed(
                    FailureCode.PREFLIGHT_FAILED, findings.with(silent).grouped());
        }
        if (!silent.isEmpty()) {
            throw new PassingFault(new Findings(silent).toString());
        }
        return findings;
    }
}
