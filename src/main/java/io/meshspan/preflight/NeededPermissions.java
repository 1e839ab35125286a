package io.meshspan.preflight;

import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.kubernetes.Access;
import io.meshspan.manifest.ApplySet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What this service does in a cluster from the approval to the verified end, in the words of RBAC. */
final class NeededPermissions {

    private static final List<String> APPLY = List.of("get", "create", "patch");

    /** Kinds without a namespace, of those in an ApplySet. */
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration");

    private NeededPermissions() {}

    static List<Access> withSampleIn(String sample) {
        return Stream.of(
                        ApplySet.kinds().stream().flatMap(NeededPermissions::applied),
                        Stream.of("get", "create", "patch", "delete")
                                .map(verb -> new Access(verb, "", "namespaces", "")),
                        Stream.of("configmaps", "secrets", "services")
                                .map(kind -> new Access("watch", "", kind, IstioNamespace.NAME)),
                        Stream.of(
                                new Access("watch", "apps", "deployments", IstioNamespace.NAME),
                                new Access(
                                        "watch", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", ""),
                                new Access("list", "", "pods", IstioNamespace.NAME),
                                new Access("create", "", "pods/portforward", IstioNamespace.NAME),
                                new Access("create", "", "serviceaccounts", sample),
                                new Access("create", "", "services", sample),
                                new Access("create", "apps", "deployments", sample),
                                new Access("watch", "apps", "deployments", sample),
                                new Access("list", "", "pods", sample),
                                new Access("create", "", "pods/exec", sample)))
                .flatMap(rights -> rights)
                .toList();
    }

    /** To take away again what was applied. */
    static Stream<Access> deletions() {
        return ApplySet.kinds().stream().map(kind -> access("delete", kind));
    }

    private static Stream<Access> applied(String kindAndGroup) {
        return APPLY.stream().map(verb -> access(verb, kindAndGroup));
    }

    private static Access access(String verb, String kindAndGroup) {
        String[] parts = kindAndGroup.split("\\.", 2);
        String group = parts.length > 1 ? parts[1] : "";
        String plural = parts[0].toLowerCase(Locale.ROOT) + "s";
        String namespace = CLUSTER_WIDE.contains(parts[0]) ? "" : IstioNamespace.NAME;
        return new Access(verb, group, plural, namespace);
    }
}
