package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.inventory.KubeconfigLogin;
import io.meshspan.inventory.Login;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
                .map(known -> KubeconfigLogin.of(known)
                        .map(login -> new LoginFindings(name, known.context(), login).at(Instant.now()))
                        .orElseGet(() -> List.of(gone(known))))
                .orElseGet(() -> List.of(unknown(name)));
    }

    private static Finding gone(KnownCluster known) {
        return Finding.blocking(
                known.name().value(),
                "context %s in the kubeconfig".formatted(known.context()),
                "a readable file with that context, its cluster and its user",
                "one of them missing",
                "Put the context back, or name another one in meshspan.inventory.clusters and restart Meshspan.");
    }

    private static Finding unknown(ClusterName name) {
        return Finding.blocking(
                name.value(),
                "inventory",
                "the cluster in it",
                "none of that name",
                "Add it to meshspan.inventory.clusters and restart Meshspan, or ask for other clusters.");
    }

    /** What is wrong with the way a context logs in. */
    private static final class LoginFindings {

        private static final Duration SOON = Duration.ofDays(7);

        private final String where;
        private final String user;
        private final Login login;

        LoginFindings(ClusterName cluster, String context, Login login) {
            this.where = cluster.value();
            this.user = "user of context %s in the kubeconfig".formatted(context);
            this.login = login;
        }

        List<Finding> at(Instant now) {
            List<Finding> findings = new ArrayList<>();
            login.missing().forEach(missing -> findings.add(missing(missing)));
            method().ifPresent(findings::add);
            login.expires().flatMap(end -> expiry(end, now)).ifPresent(findings::add);
            if (!login.verified()) {
                findings.add(unverified());
            }
            return findings;
        }

        private Finding missing(String what) {
            return Finding.blocking(
                    where,
                    user,
                    what,
                    "nothing of that name that this service can use",
                    "Install it where Meshspan runs, or use credentials that do not need it, such as a token.");
        }

        private Optional<Finding> method() {
            return switch (login.method()) {
                case TOKEN, CLIENT_CERTIFICATE, PLUGIN -> Optional.empty();
                case AUTH_PROVIDER ->
                    Optional.of(Finding.blocking(
                            where,
                            user,
                            "a token, a client certificate or an exec plugin",
                            "the auth-provider " + login.detail() + ", which Kubernetes clients no longer know",
                            "Replace it by the exec plugin of the same provider, or by a token."));
                case PASSWORD ->
                    Optional.of(Finding.warning(
                            where,
                            user,
                            "a token, a client certificate or an exec plugin",
                            "a password, which API servers since Kubernetes 1.19 refuse",
                            "Use a token, unless a proxy in front of the API server takes the password."));
                case NONE ->
                    Optional.of(Finding.blocking(
                            where,
                            user,
                            "credentials",
                            "none",
                            "Add a token, a client certificate or an exec plugin to this user."));
            };
        }

        private Optional<Finding> expiry(Instant end, Instant now) {
            if (end.isBefore(now)) {
                return Optional.of(Finding.blocking(
                        where, user, "a valid client certificate", "one that expired at " + end, "Renew it."));
            }
            return end.isBefore(now.plus(SOON))
                    ? Optional.of(Finding.warning(
                            where,
                            user,
                            "a client certificate for more than %d days".formatted(SOON.toDays()),
                            "one that expires at " + end,
                            "Renew it before a change that waits for an approval meets its end."))
                    : Optional.empty();
        }

        private Finding unverified() {
            return Finding.warning(
                    where,
                    "insecure-skip-tls-verify in the kubeconfig",
                    "the certificate of the API server checked",
                    "not checked, so that this service would hand its credentials to whoever answers",
                    "Give the cluster its certificate-authority-data instead.");
        }
    }
}
