package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Can this service log in to each cluster, as far as the kubeconfig tells? Asked before any cluster is. */
@Component
final class Logins {

    private final Inventory inventory;

    Logins(Inventory inventory) {
        this.inventory = inventory;
    }

    List<Finding> check(Mesh mesh) {
        return mesh.clusters().stream().flatMap(name -> check(name).stream()).toList();
    }

    /** The clusters that it makes sense to call. */
    List<ClusterName> usable(Mesh mesh) {
        return mesh.clusters().stream()
                .filter(name -> check(name).stream().noneMatch(f -> f.severity() == Severity.BLOCKING))
                .toList();
    }

    private List<Finding> check(ClusterName name) {
        return inventory
                .find(name)
                .map(known -> known.login()
                        .map(login -> new LoginFindings(name, known.context(), login).at(Instant.now()))
                        .orElseGet(() -> List.of(refused(known).orElseGet(() -> gone(known)))))
                .orElseGet(() -> List.of(unknown(name)));
    }

    private static Optional<Finding> refused(KnownCluster known) {
        return known.kubeconfig()
                .refused()
                .map(why -> Finding.blocking(
                        known.name().value(),
                        "login in " + known.kubeconfig(),
                        "one that this service can use",
                        why,
                        "Give the object another login, or name the cluster in a kubeconfig."));
    }

    private static Finding gone(KnownCluster known) {
        return Finding.blocking(
                known.name().value(),
                "context %s in the kubeconfig".formatted(known.context()),
                "a readable file with that context, its cluster and its user",
                "one of them missing",
                "Put the context back, which needs no restart, or name another one in meshspan.inventory.clusters and restart Meshspan.");
    }

    private static Finding unknown(ClusterName name) {
        return Finding.blocking(
                name.value(),
                "inventory",
                "the cluster in it",
                "none of that name",
                "Add its context to the kubeconfig, or name it in meshspan.inventory.clusters and restart Meshspan; or ask for other"
                        + " clusters.");
    }
}
