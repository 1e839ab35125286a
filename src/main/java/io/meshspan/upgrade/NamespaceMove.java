package io.meshspan.upgrade;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.PlannedObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels that move a namespace from one revision to another. */
final class NamespaceMove {

    private static final String LABELS = "metadata.labels.";
    private static final String NOTHING = "nothing";

    private NamespaceMove() {}

    /** Whether it moves by its own labels. One that goes by a tag moves with the tag. */
    static boolean applies(Mesh mesh, InjectedNamespace namespace) {
        return namespace.tag().isEmpty()
                && namespace
                        .revision()
                        .filter(now -> !now.equals(mesh.revision().value()))
                        .isPresent();
    }

    /** The label istio-injection goes: it would win over istio.io/rev. */
    static Map<String, @Nullable String> labels(String revision) {
        Map<String, @Nullable String> labels = new LinkedHashMap<>();
        labels.put(InjectedNamespaces.INJECTION, null);
        labels.put(InjectedNamespaces.REVISION, revision);
        return labels;
    }

    /** The labels that a planned move found. */
    static Map<String, @Nullable String> before(PlannedObject planned) {
        Map<String, @Nullable String> labels = new LinkedHashMap<>();
        planned.changes()
                .forEach(change -> labels.put(
                        change.path().substring(LABELS.length()),
                        change.before().equals(NOTHING) ? null : change.before()));
        return labels;
    }

    /** The move as the plan shows it. */
    static List<FieldChange> changes(InjectedNamespace namespace, String revision) {
        List<FieldChange> changes = new ArrayList<>();
        labels(revision).forEach((label, after) -> {
            String now = namespace.labels().getOrDefault(label, NOTHING);
            String then = after == null ? NOTHING : after;
            if (!now.equals(then)) {
                changes.add(new FieldChange(LABELS + label, now, then));
            }
        });
        return changes;
    }

    static Map<String, ?> patch(Map<String, @Nullable String> labels) {
        return Map.of("metadata", Map.of("labels", labels));
    }

    static ObjectRef ref(String namespace) {
        return new ObjectRef("v1", "Namespace", null, namespace);
    }
}
