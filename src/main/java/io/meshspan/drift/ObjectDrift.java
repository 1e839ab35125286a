package io.meshspan.drift;

import io.meshspan.drift.DriftedObject.DriftedField;
import io.meshspan.drift.DriftedObject.FieldWriter;
import io.meshspan.drift.DriftedObject.Kind;
import io.meshspan.finding.FewNames;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs in one cluster between the objects of a mesh and its plan, and who wrote it. */
final class ObjectDrift {

    private static final int FEW = 4;

    private final Cluster cluster;
    private final Mesh mesh;
    private final DriftProperties properties;

    ObjectDrift(Cluster cluster, Mesh mesh, DriftProperties properties) {
        this.cluster = cluster;
        this.mesh = mesh;
        this.properties = properties;
    }

    List<DriftedObject> of(ClusterPlan plan) {
        List<DriftedObject> items = new ArrayList<>();
        plan.objects().stream()
                .filter(object -> object.step() != Step.SAMPLE)
                .flatMap(object -> differing(object).stream())
                .forEach(items::add);
        Set<String> told = items.stream().map(DriftedObject::object).collect(Collectors.toSet());
        Set<ObjectRef> planned =
                plan.objects().stream().map(PlannedObject::object).collect(Collectors.toSet());
        Set<String> ofSilent = mesh.leftOut().stream()
                .map(silent -> RemoteSecrets.object(mesh.member(silent)).toString())
                .collect(Collectors.toSet());
        owned().forEach(found -> {
            String object = found.object().toString();
            if (!planned.contains(found.object()) && !ofSilent.contains(object) && !found.owned()) {
                items.add(leftover(found));
            } else if (!told.contains(object)) {
                foreign(found).ifPresent(items::add);
            }
        });
        return items;
    }

    /** The objects with the mesh's label. The ApplySet's parent is not a member. */
    private Stream<FoundObject> owned() {
        ApplySet set = ApplySet.of(mesh);
        return MemberKind.all().stream()
                .flatMap(kind -> cluster.found(kind.apiVersion(), kind.kind(), set.membership()).stream());
    }

    private Optional<DriftedObject> differing(PlannedObject object) {
        if (object.outcome() == ApplyOutcome.CREATED) {
            return Optional.of(new DriftedObject(
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
        return Optional.of(new DriftedObject(
                Kind.CHANGED,
                cluster.name().value(),
                object.object().toString(),
                writers.stream().map(FieldWriter::manager).allMatch(DriftProperties::isOwn)
                        ? "What Meshspan would write differs: charts, images or settings changed, or a field was taken away."
                        : "Others wrote it.",
                fields,
                writers));
    }

    /** The writers of the differing fields; for fields without an owner, the other writers of the object. */
    private List<FieldWriter> writers(FieldOwners owners, PlannedObject object) {
        Set<FieldWriter> writers = object.changes().stream()
                .flatMap(change -> owners.of(change.path()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return writers.isEmpty() ? owners.all(manager -> !properties.knows(manager)) : List.copyOf(writers);
    }

    private DriftedObject leftover(FoundObject found) {
        return new DriftedObject(
                Kind.LEFTOVER,
                cluster.name().value(),
                found.object().toString(),
                "It bears the label of the mesh, but is no part of it any more. Meshspan does not delete it by itself.",
                List.of(),
                List.of());
    }

    private Optional<DriftedObject> foreign(FoundObject found) {
        return found.managers().stream().allMatch(properties::knows)
                ? Optional.empty()
                : cluster.live(found.object()).map(FieldOwners::new).flatMap(owners -> foreign(found, owners));
    }

    private Optional<DriftedObject> foreign(FoundObject found, FieldOwners owners) {
        List<FieldWriter> writers = owners.all(manager -> !properties.knows(manager));
        List<String> fields = owners.fields(manager -> !properties.knows(manager));
        return writers.isEmpty()
                ? Optional.empty()
                : Optional.of(new DriftedObject(
                        Kind.FOREIGN_WRITER,
                        cluster.name().value(),
                        found.object().toString(),
                        "%s wrote fields that Meshspan does not set: %s. A repair leaves them; take them away yourself, or accept them."
                                .formatted(
                                        writers.stream()
                                                .map(FieldWriter::manager)
                                                .distinct()
                                                .collect(Collectors.joining(", ")),
                                        FewNames.of(fields, FEW)),
                        List.of(),
                        writers));
    }
}
