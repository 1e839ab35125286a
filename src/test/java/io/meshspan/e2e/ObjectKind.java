package io.meshspan.e2e;

import java.util.List;

/** A kind of object that Istio's charts or Meshspan make; {@code still} where no controller writes a status into it. */
record ObjectKind(String apiVersion, String name, boolean still) {

    static final List<ObjectKind> NAMESPACED = List.of(
            new ObjectKind("v1", "ConfigMap", true),
            new ObjectKind("v1", "Secret", true),
            new ObjectKind("v1", "Service", true),
            new ObjectKind("v1", "ServiceAccount", true),
            new ObjectKind("apps/v1", "Deployment", false),
            new ObjectKind("autoscaling/v2", "HorizontalPodAutoscaler", false),
            new ObjectKind("policy/v1", "PodDisruptionBudget", false),
            new ObjectKind("rbac.authorization.k8s.io/v1", "Role", true),
            new ObjectKind("rbac.authorization.k8s.io/v1", "RoleBinding", true),
            new ObjectKind("networking.istio.io/v1", "Gateway", true));

    static final List<ObjectKind> CLUSTER_WIDE = List.of(
            new ObjectKind("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", true),
            new ObjectKind("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", true),
            new ObjectKind("rbac.authorization.k8s.io/v1", "ClusterRole", true),
            new ObjectKind("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", true));

    static final ObjectKind DEFINITION = new ObjectKind("apiextensions.k8s.io/v1", "CustomResourceDefinition", true);
}
