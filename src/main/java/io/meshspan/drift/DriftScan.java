package io.meshspan.drift;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.drift.DriftItem.DriftedField;
import io.meshspan.drift.DriftItem.FieldWriter;
import io.meshspan.drift.DriftItem.Kind;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.InstalledCas;
import io.meshspan.verification.ControlPlaneView;
import io.meshspan.verification.MeshVerification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
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
 * Compares a declared mesh with its clusters: the plan of the same mesh, were it installed once more, and what such a plan
 * does not see. It only reads. A cluster that does not answer is a gap, not a drift, and the others are compared without it.
 */
@Component
public final class DriftScan {

    private static final int FEW = 4;

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
                .filter(name -> asked(name, gaps, Cluster::greet).isEmpty())
                .forEach(unread::add);
        Mesh mesh = declared.mesh().without(unread);
        List<DriftItem> items = new ArrayList<>();
        items.addAll(expiring(mesh.clusters(), gaps, now));
        items.addAll(compared(mesh, unread, gaps));
        return new DriftReport(
                mesh.id().value(),
                declared.version(),
                now,
                unread.stream().map(ClusterName::value).toList(),
                items.stream()
                        .sorted(Comparator.comparing(DriftItem::cluster)
                                .thenComparing(DriftItem::kind)
                                .thenComparing(DriftItem::object))
                        .toList(),
                gaps);
    }

    private List<DriftItem> compared(Mesh mesh, Set<ClusterName> unread, List<String> gaps) {
        if (mesh.primaries().isEmpty()) {
            unread.addAll(mesh.clusters());
            return List.of();
        }
        List<DriftItem> items = new ArrayList<>();
        try {
            compare(mesh, mesh.clusters(), items, unread, gaps);
        } catch (StepFailed somewhere) {
            mesh.clusters().forEach(cluster -> compareAlone(mesh, cluster, items, unread, gaps));
        }
        told("what the control planes watch", gaps, () -> verification.controlPlanes(mesh))
                .ifPresent(report ->
                        report.readers().forEach((reader, view) -> items.addAll(unsynced(reader, view, gaps))));
        return items;
    }

    private void compare(
            Mesh mesh, List<ClusterName> names, List<DriftItem> items, Set<ClusterName> unread, List<String> gaps) {
        try {
            planner.plan(mesh, names).clusters().forEach(plan -> {
                ClusterName cluster = plan.member().cluster();
                asked(cluster, gaps, here -> objects(mesh, here, plan))
                        .ifPresentOrElse(items::addAll, () -> unread.add(cluster));
            });
        } catch (TransientException e) {
            gaps.add("the objects in %s could not be read: %s".formatted(names, firstLine(e)));
            unread.addAll(names);
        }
    }

    /** What one cluster refuses hides nothing of the others. */
    private void compareAlone(
            Mesh mesh, ClusterName cluster, List<DriftItem> items, Set<ClusterName> unread, List<String> gaps) {
        try {
            compare(mesh, List.of(cluster), items, unread, gaps);
        } catch (StepFailed e) {
            if (e.code() == FailureCode.INVALID) {
                items.add(new DriftItem(
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

    /** A remote whose control plane does not answer cannot be planned: that is told, and the rest is checked. */
    private static <T> Optional<T> told(String what, List<String> gaps, Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (StepFailed | TransientException e) {
            gaps.add("%s could not be read: %s".formatted(what, firstLine(e)));
            return Optional.empty();
        }
    }

    private <T> Optional<T> asked(ClusterName name, List<String> gaps, Function<Cluster, T> look) {
        return told(name.value(), gaps, () -> look.apply(clusters.get(name)));
    }

    private static String firstLine(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), "no answer")
                .lines()
                .limit(2)
                .collect(Collectors.joining(" "));
    }

    private List<DriftItem> objects(Mesh mesh, Cluster cluster, ClusterPlan plan) {
        List<DriftItem> items = new ArrayList<>();
        plan.objects().stream()
                .filter(object -> object.step() != Step.SAMPLE)
                .flatMap(object -> differing(cluster, object).stream())
                .forEach(items::add);
        Set<String> told = items.stream().map(DriftItem::object).collect(Collectors.toSet());
        Set<ObjectRef> planned =
                plan.objects().stream().map(PlannedObject::object).collect(Collectors.toSet());
        Set<String> ofSilent = mesh.leftOut().stream()
                .map(silent -> RemoteSecrets.object(mesh.member(silent)).toString())
                .collect(Collectors.toSet());
        owned(cluster, mesh).forEach(found -> {
            String object = found.object().toString();
            if (!planned.contains(found.object()) && !ofSilent.contains(object) && !found.owned()) {
                items.add(leftover(cluster, found));
            } else if (!told.contains(object)) {
                foreign(cluster, found).ifPresent(items::add);
            }
        });
        return items;
    }

    /** What bears the mesh's label. The parent of the set is not one of its members. */
    private static Stream<FoundObject> owned(Cluster cluster, Mesh mesh) {
        ApplySet set = ApplySet.of(mesh);
        return MemberKind.all().stream()
                .flatMap(kind -> cluster.found(kind.apiVersion(), kind.kind(), set.membership()).stream());
    }

    private Optional<DriftItem> differing(Cluster cluster, PlannedObject object) {
        if (object.outcome() == ApplyOutcome.CREATED) {
            return Optional.of(new DriftItem(
                    Kind.MISSING,
                    cluster.name().value(),
                    object.object().toString(),
                    "It is not there. The cluster does not keep who deleted it; the API server's audit log may.",
                    List.of(),
                    List.of()));
        }
        if (object.outcome() != ApplyOutcome.PATCHED) {
            return Optional.empty();
        }
        List<DriftedField> fields = object.shownFields().stream()
                .map(field -> new DriftedField(field.path(), field.before(), field.after()))
                .toList();
        List<FieldWriter> writers = cluster.live(object.object())
                .map(FieldOwners::new)
                .map(owners -> writers(owners, object))
                .orElse(List.of());
        return Optional.of(new DriftItem(
                Kind.CHANGED,
                cluster.name().value(),
                object.object().toString(),
                writers.stream().allMatch(writer -> writer.manager().equals("meshspan"))
                        ? "What Meshspan would write differs: charts, images or settings changed, or a field was taken away."
                        : "Others wrote it.",
                fields,
                writers));
    }

    /** Who wrote the fields that differ; of fields that nobody has, whoever else writes to the object. */
    private List<FieldWriter> writers(FieldOwners owners, PlannedObject object) {
        Set<FieldWriter> writers = object.changes().stream()
                .flatMap(change -> owners.of(change.path()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return writers.isEmpty() ? owners.all(manager -> !properties.knows(manager)) : List.copyOf(writers);
    }

    private DriftItem leftover(Cluster cluster, FoundObject found) {
        return new DriftItem(
                Kind.LEFTOVER,
                cluster.name().value(),
                found.object().toString(),
                "It bears the label of the mesh, but is no part of it any more. Meshspan does not delete it by itself.",
                List.of(),
                List.of());
    }

    private Optional<DriftItem> foreign(Cluster cluster, FoundObject found) {
        return found.managers().stream().allMatch(properties::knows)
                ? Optional.empty()
                : cluster.live(found.object()).map(FieldOwners::new).flatMap(owners -> foreign(cluster, found, owners));
    }

    private Optional<DriftItem> foreign(Cluster cluster, FoundObject found, FieldOwners owners) {
        List<FieldWriter> writers = owners.all(manager -> !properties.knows(manager));
        List<String> fields = owners.fields(manager -> !properties.knows(manager));
        return writers.isEmpty()
                ? Optional.empty()
                : Optional.of(new DriftItem(
                        Kind.FOREIGN_WRITER,
                        cluster.name().value(),
                        found.object().toString(),
                        "%s wrote fields that Meshspan does not set: %s. A repair leaves them; take them away yourself, or accept them."
                                .formatted(
                                        writers.stream()
                                                .map(FieldWriter::manager)
                                                .distinct()
                                                .collect(Collectors.joining(", ")),
                                        few(fields)),
                        List.of(),
                        writers));
    }

    private static String few(List<String> names) {
        String first = names.stream().limit(FEW).collect(Collectors.joining(", "));
        return names.size() > FEW ? "%s and %d more".formatted(first, names.size() - FEW) : first;
    }

    private static List<DriftItem> unsynced(ClusterName reader, ControlPlaneView view, List<String> gaps) {
        if (view.notMeasured() != null) {
            gaps.add("%s: what its istiod watches is not known: %s".formatted(reader, view.notMeasured()));
            return List.of();
        }
        return view.targets().stream()
                .filter(target -> !view.status(target).equals("synced"))
                .map(target -> new DriftItem(
                        Kind.NOT_SYNCED,
                        reader.value(),
                        "istiod's view of " + target,
                        "Expected synced, found %s.".formatted(view.status(target)),
                        List.of(),
                        List.of()))
                .toList();
    }

    private List<DriftItem> expiring(List<ClusterName> read, List<String> gaps, Instant now) {
        Instant limit = now.plus(properties.certificateExpiresWithin());
        return told("the certificates", gaps, () -> certificates.in(read)).orElse(List.of()).stream()
                .flatMap(ca -> Stream.of(
                        expires(ca.cluster(), "intermediate CA", ca.validUntil(), limit),
                        expires(ca.cluster(), "root CA", ca.rootValidUntil(), limit)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<DriftItem> expires(ClusterName cluster, String what, Instant until, Instant limit) {
        return until.isBefore(limit)
                ? Optional.of(new DriftItem(
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
