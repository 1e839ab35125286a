package io.meshspan.removal;

import java.util.List;

/** The order in which kinds are deleted: webhooks first, so that no pod waits for one that nobody answers; accounts last. */
final class TeardownOrder {

    private static final List<String> KINDS = List.of(
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy",
            "VirtualService",
            "Gateway",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "NetworkPolicy",
            "Deployment",
            "Service",
            "EndpointSlice",
            "RoleBinding",
            "Role",
            "ClusterRoleBinding",
            "ClusterRole",
            "Secret",
            "ConfigMap",
            "ServiceAccount");

    private TeardownOrder() {}

    static int of(String kind) {
        int place = KINDS.indexOf(kind);
        return place < 0 ? KINDS.size() : place;
    }
}
