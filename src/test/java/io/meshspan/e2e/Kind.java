package io.meshspan.e2e;

import java.util.List;

/** A kind of object that Istio's charts or Meshspan make; {@code still} where no controller writes a status into it. */
record Kind(String apiVersion, String name, boolean still) {

    static final List<Kind> NAMESPACED = List.of(
            new Kind("v1", "ConfigMap", true),
            new Kind("v1", "Secret", true),
            new Kind("v1", "Service", true),
            new Kind("v1", "ServiceAccount", true),
            new Kind("apps/v1", "Deployment", false),
            new Kind("autoscaling/v2", "HorizontalPodAutoscaler", false),
            new Kind("policy/v1", "PodDisruptionBudget", false),
            new Kind("rbac.authorization.k8s.io/v1", "Role", true),
            new Kind("rbac.authorization.k8s.io/v1", "RoleBinding", true),
            new Kind("networking.istio.io/v1", "Gateway", true));

    static final List<Kind> CLUSTER_WIDE = List.of(
            new Kind("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", true),
            new Kind("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", true),
            new Kind("rbac.authorization.k8s.io/v1", "ClusterRole", true),
            new Kind("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", true));

    static final Kind DEFINITION = new Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition", true);
}
