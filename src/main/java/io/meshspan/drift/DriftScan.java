package io.meshspan.drift;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.drift.DriftedObject.Kind;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.trust.InstalledCas;
import io.meshspan.verification.ControlPlaneView;
import io.meshspan.verification.MeshVerification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Compares a declared mesh with its clusters: by a plan that installs the same mesh again, and by checks that such a
 * plan does not have. It only reads. A cluster that does not answer is a gap, not drift; the others are compared
 * without it.
 */
@Component
public final class DriftScan {

    private final Clusters clusters;
    private final MeshPlanner planner;
    private final MeshVerification verification;
    private final InstalledCas certificates;
    private final DriftProperties properties;

    DriftScan(
            Clusters clusters,
            MeshPlanner planner,
            MeshVerification verification,
            InstalledCas certificates,
            DriftProperties properties) {
        this.clusters = clusters;
        this.planner = planner;
        this.verification = verification;
        this.certificates = certificates;
        this.properties = properties;
    }

    public DriftReport of(DeclaredMesh declared, Instant now) {
        List<String> gaps = new ArrayList<>();
        declared.mesh()
                .leftOut()
                .forEach(cluster ->
                        gaps.add("%s: the last change left it out, so nothing is known of it".formatted(cluster)));
        Set<ClusterName> unread = new TreeSet<>(declared.mesh().leftOut());
        declared.mesh().clusters().stream()
                .filter(name ->
                        readClusterOrGap(name, gaps, Cluster::serverVersion).isEmpty())
                .forEach(unread::add);
        Mesh mesh = declared.mesh().without(unread);
        List<DriftedObject> items = new ArrayList<>();
        items.addAll(expiring(mesh.clusters(), gaps, now));
        items.addAll(compared(mesh, unread, gaps));
        return new DriftReport(
                mesh.id().value(),
                declared.version(),
                now,
                unread.stream().map(ClusterName::value).toList(),
                items.stream()
                        .sorted(Comparator.comparing(DriftedObject::cluster)
                                .thenComparing(DriftedObject::kind)
                                .thenComparing(DriftedObject::object))
                        .toList(),
                gaps);
    }

    private List<DriftedObject> compared(Mesh mesh, Set<ClusterName> unread, List<String> gaps) {
        if (mesh.primaries().isEmpty()) {
            unread.addAll(mesh.clusters());
            return List.of();
        }
        List<DriftedObject> items = new ArrayList<>();
        try {
            compare(mesh, mesh.clusters(), items, unread, gaps);
        } catch (StepFailed somewhere) {
            mesh.clusters().forEach(cluster -> compareAlone(mesh, cluster, items, unread, gaps));
        }
        readOrGap("what the control planes watch", gaps, () -> verification.controlPlanes(mesh))
                .ifPresent(report ->
                        report.readers().forEach((reader, view) -> items.addAll(unsynced(reader, view, gaps))));
        return items;
    }

    private void compare(
            Mesh mesh, List<ClusterName> names, List<DriftedObject> items, Set<ClusterName> unread, List<String> gaps) {
        try {
            planner.plan(mesh, names).clusters().forEach(plan -> {
                ClusterName cluster = plan.member().cluster();
                readClusterOrGap(cluster, gaps, here -> new ObjectDrift(here, mesh, properties).of(plan))
                        .ifPresentOrElse(items::addAll, () -> unread.add(cluster));
            });
        } catch (TransientException e) {
            gaps.add("the objects in %s could not be read: %s".formatted(names, firstLine(e)));
            unread.addAll(names);
        }
    }

    /** A refusal in one cluster must not hide differences in the others. */
    private void compareAlone(
            Mesh mesh, ClusterName cluster, List<DriftedObject> items, Set<ClusterName> unread, List<String> gaps) {
        try {
            compare(mesh, List.of(cluster), items, unread, gaps);
        } catch (StepFailed e) {
            if (e.code() == FailureCode.INVALID) {
                items.add(new DriftedObject(
                        Kind.CHANGED,
                        cluster.value(),
                        "objects of the mesh",
                        "The API server refuses what the declared mesh would apply, so nothing else was compared here: "
                                + firstLine(e),
                        List.of(),
                        List.of()));
            } else {
                gaps.add("the objects in %s could not be read: %s".formatted(cluster, firstLine(e)));
                unread.add(cluster);
            }
        }
    }

    /**
     * Without an answer of its control plane, a remote cannot be planned. That is reported as a gap, and the rest is
     * checked.
     */
    private static <T> Optional<T> readOrGap(String what, List<String> gaps, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (StepFailed | TransientException e) {
            gaps.add("%s could not be read: %s".formatted(what, firstLine(e)));
            return Optional.empty();
        }
    }

    private <T> Optional<T> readClusterOrGap(ClusterName name, List<String> gaps, Function<Cluster, T> read) {
        return readOrGap(name.value(), gaps, () -> read.apply(clusters.get(name)));
    }

    private static String firstLine(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), "no answer")
                .lines()
                .limit(2)
                .collect(Collectors.joining(" "));
    }

    private static List<DriftedObject> unsynced(ClusterName reader, ControlPlaneView view, List<String> gaps) {
        if (view.notMeasured() != null) {
            gaps.add("%s: what its istiod watches is not known: %s".formatted(reader, view.notMeasured()));
            return List.of();
        }
        return view.targets().stream()
                .filter(target -> !view.status(target).equals("synced"))
                .map(target -> new DriftedObject(
                        Kind.NOT_SYNCED,
                        reader.value(),
                        "istiod's view of " + target,
                        "Expected synced, found %s.".formatted(view.status(target)),
                        List.of(),
                        List.of()))
                .toList();
    }

    private List<DriftedObject> expiring(List<ClusterName> read, List<String> gaps, Instant now) {
        Instant limit = now.plus(properties.certificateExpiresWithin());
        return readOrGap("the certificates", gaps, () -> certificates.in(read)).orElse(List.of()).stream()
                .flatMap(ca -> Stream.of(
                        expires(ca.cluster(), "intermediate CA", ca.validUntil(), limit),
                        expires(ca.cluster(), "root CA", ca.rootValidUntil(), limit)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<DriftedObject> expires(ClusterName cluster, String what, Instant until, Instant limit) {
        return until.isBefore(limit)
                ? Optional.of(new DriftedObject(
                        Kind.CERTIFICATE_EXPIRES,
                        cluster.value(),
                        "%s in Secret istio-system/cacerts".formatted(what),
                        "It expires on %s. A repair does not renew it: see docs/trust.md."
                                .formatted(LocalDate.ofInstant(until, ZoneOffset.UTC)),
                        List.of(),
                        List.of()))
                : Optional.empty();
    }
}
