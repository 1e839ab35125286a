package io.meshspan.manifest;

import java.util.List;

/**
 * The order in which to apply kinds: an object comes after the objects that it refers to. Webhooks are last, because they
 * check everything that is applied after them.
 */
final class InstallOrder {

    private static final List<String> KINDS = List.of(
            "Namespace",
            "CustomResourceDefinition",
            "ServiceAccount",
            "Secret",
            "ConfigMap",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "Deployment",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "NetworkPolicy",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    private InstallOrder() {}

    static int of(String kind) {
        int index = KINDS.indexOf(kind);
        return index < 0 ? KINDS.size() : index;
    }
}
