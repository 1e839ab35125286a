package io.meshspan.removal;

import io.meshspan.kubernetes.Access;
import io.meshspan.manifest.ApplySet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kinds that a member of the ApplySet can have, in the versions in which they are asked for. */
record MemberKinds(String apiVersion, String kind) {

    private static final Map<String, String> VERSIONS = Map.of("autoscaling", "v2");
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration");

    static List<MemberKinds> all() {
        return ApplySet.kinds().stream().map(MemberKinds::of).toList();
    }

    private static MemberKinds of(String kindAndGroup) {
        String[] parts = kindAndGroup.split("\\.", 2);
        String version = parts.length == 1 ? "v1" : parts[1] + "/" + VERSIONS.getOrDefault(parts[1], "v1");
        return new MemberKinds(version, parts[0]);
    }

    Access deletion() {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String namespace = CLUSTER_WIDE.contains(kind) ? "" : Phase.ISTIO_SYSTEM;
        return new Access("delete", group, kind.toLowerCase(Locale.ROOT) + "s", namespace);
    }
}
