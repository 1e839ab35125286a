package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import java.util.Map;
import java.util.Optional;

/**
 * Who else looks after an object, by the marks that each tool leaves. Istio's charts write {@code managed-by: Helm} and
 * {@code owning-resource: unknown} whoever renders them: those two say nothing.
 *
 * @param returns whether it keeps putting its own content back
 */
record ManagingTool(String name, boolean returns) {

    /** Nobody's objects and our own need not be told; an operator would win over our mark too. */
    static Optional<ManagingTool> of(HasMetadata object, ApplySet ours) {
        if (isSails(object)) {
            return Optional.of(new ManagingTool("the Sail operator", true));
        }
        if (ours.contains(object)) {
            return Optional.empty();
        }
        if (ApplySet.setOf(object).isPresent()) {
            return Optional.of(new ManagingTool("another ApplySet (kubectl, or Meshspan for another mesh)", true));
        }
        String release = annotations(object).get("meta.helm.sh/release-name");
        if (release != null) {
            return Optional.of(new ManagingTool("Helm release " + release, false));
        }
        return labels(object).containsKey("operator.istio.io/version")
                ? Optional.of(new ManagingTool("istioctl", false))
                : Optional.empty();
    }

    private static boolean isSails(HasMetadata object) {
        return "sail-operator".equals(labels(object).get("managed-by"))
                || object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getApiVersion().startsWith("sailoperator.io/"));
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    }
}
