package io.meshspan.preflight;

import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.kubernetes.Access;
import io.meshspan.manifest.MemberKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The RBAC permissions that this service needs in a cluster, from the approval to the verification. */
final class NeededPermissions {

    private static final List<String> APPLY = List.of("get", "create", "patch");

    /** A WebSocket begins with a GET, for which an API server asks for get; from 1.35 on for create besides. */
    private static final List<String> STREAM = List.of("get", "create");

    private static final Set<String> OF_A_GATEWAY = Set.of(
            "Deployment",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "Service",
            "ServiceAccount");

    private static final Set<String> OF_THE_SAMPLE = Set.of("Deployment", "Service", "ServiceAccount");

    private NeededPermissions() {}

    /** For installing the mesh, without its verification. */
    static Stream<Access> toInstall() {
        return Stream.of(
                        MemberKind.usual().stream()
                                .flatMap(kind -> APPLY.stream().map(kind::access)),
                        Stream.of("configmaps", "secrets", "services")
                                .map(kind -> new Access("watch", "", kind, IstioNamespace.NAME)),
                        Stream.of(
                                new Access("watch", "apps", "deployments", IstioNamespace.NAME),
                                new Access(
                                        "watch", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "")))
                .flatMap(rights -> rights);
    }

    /** For verifying it: istiod's own pages, and the sample in its namespace. */
    static Stream<Access> toVerify(String sample) {
        return Stream.of(
                        Stream.of("get", "create", "patch", "delete")
                                .map(verb -> new Access(verb, "", "namespaces", "")),
                        Stream.of(new Access("list", "", "pods", IstioNamespace.NAME)),
                        STREAM.stream().map(verb -> new Access(verb, "", "pods/portforward", IstioNamespace.NAME)),
                        MemberKind.usual().stream()
                                .filter(kind -> OF_THE_SAMPLE.contains(kind.kind()))
                                .flatMap(kind -> APPLY.stream().map(verb -> kind.access(verb, sample))),
                        Stream.of(
                                new Access("watch", "apps", "deployments", sample),
                                new Access("watch", "", "configmaps", sample),
                                new Access("list", "", "pods", sample),
                                new Access("watch", "", "pods", sample)),
                        STREAM.stream().map(verb -> new Access(verb, "", "pods/exec", sample)))
                .flatMap(rights -> rights);
    }

    /** For gateways in a separate namespace. */
    static Stream<Access> forGatewaysIn(String namespace) {
        return Stream.concat(
                MemberKind.usual().stream()
                        .filter(kind -> OF_A_GATEWAY.contains(kind.kind()))
                        .flatMap(kind -> APPLY.stream().map(verb -> kind.access(verb, namespace))),
                Stream.of(
                        new Access("watch", "apps", "deployments", namespace),
                        new Access("watch", "", "services", namespace)));
    }

    /** For taking back what was applied: objects that are new are deleted, others get their earlier state. */
    static Stream<Access> toRollBack() {
        return Stream.concat(
                MemberKind.usual().stream()
                        .flatMap(kind -> Stream.of("update", "delete").map(kind::access)),
                Stream.of(new Access("update", "", "namespaces", "")));
    }
}
