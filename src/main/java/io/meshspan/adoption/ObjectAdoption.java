package io.meshspan.adoption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.MeshId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides what an adoption does with an object, from what an installation would do with it. An object that is equal but for marks
 * is applied: no pod restarts, since a pod template is no mark. Any other gets the mesh's label alone and stays as it is. An object
 * that is not there is not created, except for the ApplySet's parent.
 */
public final class ObjectAdoption {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The field managers of the tools that installed Istio: Helm, istioctl, kubectl, the Sail operator. */
    private static final Set<String> TOOLS = Set.of("helm", "istio-operator", "sail-operator", "manager");

    private static final String KUBECTL = "kubectl";

    /** Writes by the name of its own file, as every client of client-go does: istioctl, or istioctl-1.30.3. */
    private static final String ISTIOCTL = "istioctl";

    private static final String LABELS = "metadata.labels";
    private static final String ANNOTATIONS = "metadata.annotations";
    private static final String NOTHING = "nothing";

    /** Labels by which tools and people find objects, and nothing acts on. Those of Istio's own domains are none. */
    private static final List<String> MARKS = List.of(
            "applyset.kubernetes.io/",
            "app.kubernetes.io/",
            "helm.sh/",
            "operator.istio.io/",
            "install.operator.istio.io/",
            "release",
            "heritage",
            "chart");

    private ObjectAdoption() {}

    /**
     * @param installation what an installation would do
     * @param live the object as it is, read only if an installation would change nothing
     */
    public static DryRunResult of(
            MeshId mesh, DryRunResult installation, Supplier<Optional<GenericKubernetesResource>> live) {
        ObjectRef object = installation.object();
        ApplySet set = new ApplySet(mesh);
        if (isParent(set, object)) {
            return installation;
        }
        if (installation.outcome() == ApplyOutcome.CREATED) {
            return result(installation, List.of(), List.of(new FieldChange("", NOTHING, "an installation creates it")));
        }
        if (!isMarked(object)) {
            return result(installation, List.of(), installation.changes());
        }
        if (!isEqual(installation.changes())) {
            return result(installation, marks(set, installation.changes()), others(installation.changes()));
        }
        return installation.outcome() == ApplyOutcome.UNCHANGED
                ? live.get().map(found -> released(installation, found)).orElse(installation)
                : installation;
    }

    /** An object with the mesh's label, which a tool has written since, or before an adoption that did not get far. */
    private static DryRunResult released(DryRunResult installation, GenericKubernetesResource live) {
        List<FieldChange> released = live.getMetadata().getManagedFields().stream()
                .filter(ObjectAdoption::isOfATool)
                .map(entry -> new FieldChange("metadata.managedFields", entry.getManager(), NOTHING))
                .distinct()
                .toList();
        return result(installation, released, List.of());
    }

    /** Whether one of these tools owns fields by it. */
    static boolean isOfATool(ManagedFieldsEntry entry) {
        String manager = Objects.requireNonNullElse(entry.getManager(), "");
        boolean kubectl =
                manager.equals(KUBECTL) || (manager.startsWith(KUBECTL + "-") && !manager.equals("kubectl-rollout"));
        boolean istioctl = manager.equals(ISTIOCTL) || manager.startsWith(ISTIOCTL + "-");
        String subresource = Objects.requireNonNullElse(entry.getSubresource(), "");
        return subresource.isEmpty() && (TOOLS.contains(manager) || kubectl || istioctl);
    }

    private static DryRunResult result(DryRunResult installation, List<FieldChange> changes, List<FieldChange> left) {
        return new DryRunResult(
                installation.cluster(),
                installation.object(),
                changes.isEmpty() ? ApplyOutcome.UNCHANGED : ApplyOutcome.PATCHED,
                changes,
                left,
                installation.dryRun());
    }

    private static boolean isParent(ApplySet set, ObjectRef object) {
        return object.equals(ObjectRef.of(set.parent()));
    }

    /** Namespaces and Istio's certificates are shared with others, so an installation does not label them either. */
    private static boolean isMarked(ObjectRef object) {
        boolean cacerts = object.kind().equals("Secret") && object.name().equals("cacerts");
        return !object.kind().equals("Namespace") && !cacerts;
    }

    /** Whether only marks differ. */
    static boolean isEqual(List<FieldChange> changes) {
        return changes.stream().allMatch(ObjectAdoption::isMark);
    }

    private static boolean isMark(FieldChange change) {
        return isMarkOf(LABELS, change) || isMarkOf(ANNOTATIONS, change);
    }

    private static boolean isMarkOf(String map, FieldChange change) {
        String path = change.path();
        if (path.equals(map)) {
            return change.before().equals(NOTHING) && keys(change).allMatch(ObjectAdoption::isMark);
        }
        return path.startsWith(map + ".") && isMark(path.substring(map.length() + 1));
    }

    private static boolean isMark(String key) {
        return MARKS.stream().anyMatch(mark -> mark.endsWith("/") ? key.startsWith(mark) : key.equals(mark));
    }

    /** Of a whole map that is new. */
    private static Stream<String> keys(FieldChange change) {
        try {
            JsonNode map = JSON.readTree(Objects.requireNonNullElse(change.wholeAfter(), change.after()));
            List<String> keys = new ArrayList<>();
            map.fieldNames().forEachRemaining(keys::add);
            return keys.isEmpty() ? Stream.of("?") : keys.stream();
        } catch (JsonProcessingException e) {
            return Stream.of("?");
        }
    }

    /** The mesh's label, if the object does not have it yet. */
    private static List<FieldChange> marks(ApplySet set, List<FieldChange> changes) {
        return set.membership().entrySet().stream()
                .filter(label -> changes.stream().anyMatch(change -> adds(change, label.getKey())))
                .map(label -> new FieldChange(LABELS + "." + label.getKey(), NOTHING, label.getValue()))
                .toList();
    }

    private static boolean adds(FieldChange change, String label) {
        return change.path().equals(LABELS + "." + label)
                || (change.path().equals(LABELS) && keys(change).anyMatch(label::equals));
    }

    private static List<FieldChange> others(List<FieldChange> changes) {
        return changes.stream().filter(change -> !isMark(change)).toList();
    }

    /** The label alone, as a merge patch. */
    static Map<String, ?> patch(MeshId mesh) {
        return Map.of("metadata", Map.of("labels", new ApplySet(mesh).membership()));
    }
}
