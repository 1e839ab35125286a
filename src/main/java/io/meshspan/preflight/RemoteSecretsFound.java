package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.Finding;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which remote secrets does a control plane already have? Reads names and keys, never contents. */
@Component
final class RemoteSecretsFound implements Check {

    private static final Map<String, String> REMOTE_SECRET = Map.of("istio/multiCluster", "true");

    @Override
    public String name() {
        return "Remote secrets";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        if (cluster.member().role() == Role.REMOTE) {
            return List.of(); // no control plane there reads them
        }
        return cluster.anywhere(Secret.class, REMOTE_SECRET).stream()
                .flatMap(secret -> judge(mesh, cluster, secret).stream())
                .toList();
    }

    private static Optional<Finding> judge(Mesh mesh, ClusterSnapshot cluster, Secret secret) {
        if (!secret.getMetadata().getNamespace().equals(IstioNamespace.NAME)) {
            return Optional.of(elsewhere(cluster, secret));
        }
        Map<String, Member> members = mesh.staying().stream()
                .collect(Collectors.toMap(member -> member.istioName().value(), member -> member, (one, other) -> one));
        List<String> strangers =
                keys(secret).filter(key -> !members.containsKey(key)).toList();
        if (!strangers.isEmpty()) {
            return Optional.of(stranger(cluster, secret, strangers));
        }
        return keys(secret)
                .filter(key -> !secret.getMetadata().getName().equals(ours(members, key)))
                .findFirst()
                .map(key -> second(cluster, secret, key, ours(members, key)))
                .or(() -> replaced(mesh, cluster, secret));
    }

    private static String ours(Map<String, Member> members, String key) {
        return Objects.requireNonNull(members.get(key)).remoteSecret();
    }

    private static Stream<String> keys(Secret secret) {
        return secret.getData() == null
                ? Stream.of()
                : secret.getData().keySet().stream().sorted();
    }

    private static Finding elsewhere(ClusterSnapshot cluster, Secret secret) {
        return Finding.warning(
                cluster.where(),
                called(secret),
                "remote secrets in " + IstioNamespace.NAME,
                "one where no istiod looks",
                "Delete it: it holds a token that opens another cluster.");
    }

    private static Finding stranger(ClusterSnapshot cluster, Secret secret, List<String> names) {
        return Finding.warning(
                cluster.where(),
                called(secret),
                "remote secrets for the clusters of this mesh",
                "one for " + String.join(", ", names),
                "If that cluster is gone or in another mesh, delete the secret: istiod there keeps calling it and sends"
                        + " traffic to its endpoints.");
    }

    private static Finding second(ClusterSnapshot cluster, Secret secret, String key, String name) {
        return Finding.warning(
                cluster.where(),
                called(secret),
                "one remote secret for %s, called %s".formatted(key, name),
                "one with another name; Meshspan adds its own",
                "Delete it: of two secrets for one cluster istiod ignores the later one.");
    }

    private static Optional<Finding> replaced(Mesh mesh, ClusterSnapshot cluster, Secret secret) {
        ApplySet ours = new ApplySet(mesh.id());
        Optional<Finding> fight = Ownership.returningTool(secret, ours)
                .map(tool -> Finding.blocking(
                        cluster.where(),
                        called(secret),
                        "none, or Meshspan's",
                        "one that %s puts back".formatted(tool),
                        "Take it out of its hands first: it and Meshspan would undo each other's work."));
        return fight.isPresent() || ours.contains(secret)
                ? fight
                : Optional.of(Finding.note(
                        cluster.where(),
                        called(secret),
                        "none, or Meshspan's",
                        "one that another tool wrote",
                        "Meshspan replaces its content."));
    }

    private static String called(Secret secret) {
        return "Secret %s/%s"
                .formatted(
                        secret.getMetadata().getNamespace(),
                        secret.getMetadata().getName());
    }
}
