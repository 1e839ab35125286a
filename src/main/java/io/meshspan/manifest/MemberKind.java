package io.meshspan.manifest;

import io.meshspan.kubernetes.Access;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A kind that a member of the ApplySet can have, with the API version that Meshspan asks for. */
public record MemberKind(String apiVersion, String kind) {

    private static final Map<String, String> VERSIONS = Map.of("autoscaling", "v2");
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration");

    public static List<MemberKind> all() {
        return ApplySet.kinds().stream().map(MemberKind::of).toList();
    }

    /** The kinds that every mesh has. The preflight checks the rights to them. */
    public static List<MemberKind> usual() {
        return ApplySet.usualKinds().stream().map(MemberKind::of).toList();
    }

    private static MemberKind of(String kindAndGroup) {
        String[] parts = kindAndGroup.split("\\.", 2);
        String version = parts.length == 1 ? "v1" : parts[1] + "/" + VERSIONS.getOrDefault(parts[1], "v1");
        return new MemberKind(version, parts[0]);
    }

    public boolean isClusterWide() {
        return CLUSTER_WIDE.contains(kind);
    }

    /** The right to use this verb on members of the kind, in the terms of RBAC. */
    public Access access(String verb) {
        return access(verb, ApplySet.NAMESPACE);
    }

    /** The same in another namespace, if the kind is namespaced. */
    public Access access(String verb, String where) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String namespace = isClusterWide() ? "" : where;
        return new Access(verb, group, plural(), namespace);
    }

    /** As the API servers form it of the kinds of {@link ApplySet}: gateways, and networkpolicies. */
    private String plural() {
        String singular = kind.toLowerCase(Locale.ROOT);
        boolean changes = singular.endsWith("y") && !singular.endsWith("ay");
        return changes ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
    }
}
