package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.inventory.ContextLogin.Method;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.login.LoginFailed;
import io.meshspan.login.ProxyRoute;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Can this service log in to each cluster, according to the kubeconfig? Checked before any cluster is called. */
@Component
final class Logins {

    private final Inventory inventory;

    Logins(Inventory inventory) {
        this.inventory = inventory;
    }

    List<Finding> check(Mesh mesh) {
        return mesh.clusters().stream().flatMap(name -> check(name).stream()).toList();
    }

    /** The clusters whose login can work. */
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

    /** What is wrong with a context's login: what kubectl would refuse, and what this service does not support. */
    private static final class LoginFindings {

        private static final Duration SOON = Duration.ofDays(7);
        private static final String WANTED = "a token, a client certificate or an exec plugin";
        private static final Set<String> EXEC_VERSIONS =
                Set.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");

        private final String where;
        private final String subject;
        private final ContextLogin login;
        private final List<Finding> findings = new ArrayList<>();

        LoginFindings(ClusterName cluster, String context, ContextLogin login) {
            this.where = cluster.value();
            this.subject = "user of context %s in the kubeconfig".formatted(context);
            this.login = login;
        }

        List<Finding> at(Instant now) {
            address();
            missingFiles();
            method();
            contradictions();
            login.certificateEnd().ifPresent(end -> expiry(end, now));
            if (!login.verified()) {
                unverified();
            }
            return findings;
        }

        private void address() {
            if (login.server().isEmpty()) {
                block(
                        "the URL of an API server as server, with a host of letters, digits, hyphens and dots",
                        isSet(login.cluster().getServer()) ? "something else" : "none",
                        "Correct server of this cluster in the kubeconfig.");
            }
            try {
                ProxyRoute.of(login);
            } catch (LoginFailed e) {
                findings.add(Finding.blocking(where, e.what(), e.expected(), e.found(), e.advice()));
            }
        }

        private void missingFiles() {
            login.files().stream().filter(file -> !Files.isReadable(file)).forEach(file -> missing("file " + file));
            login.tokenFile()
                    .filter(file ->
                            !Files.isReadable(file) && !isSet(login.user().getToken()))
                    .ifPresent(file -> missing("file " + file));
        }

        private void missing(String what) {
            block(
                    what,
                    "nothing of that name that this service can use",
                    "Install it where Meshspan runs, or use credentials that do not need it, such as a token.");
        }

        private void method() {
            switch (login.method()) {
                case TOKEN, CLIENT_CERTIFICATE -> {}
                case PLUGIN -> plugin(login.user().getExec());
                case AUTH_PROVIDER ->
                    authProvider(String.valueOf(login.user().getAuthProvider().getName()));
                case PASSWORD ->
                    warn(
                            WANTED,
                            "a password, which API servers since Kubernetes 1.19 refuse",
                            "Use a token, unless a proxy in front of the API server accepts the password.");
                case NONE ->
                    block("credentials", "none", "Add a token, a client certificate or an exec plugin to this user.");
            }
        }

        private void authProvider(String name) {
            if (name.equals("oidc")) {
                warn(
                        "an exec plugin such as kubelogin",
                        "the auth-provider oidc: this service renews its id-token and keeps it in memory, it does not write the"
                                + " kubeconfig",
                        "If the identity provider accepts a refresh-token only once, use an exec plugin, so that "
                                + "Meshspan and kubectl do not consume each other's.");
                return;
            }
            block(
                    WANTED,
                    "the auth-provider " + name + ", which Kubernetes clients no longer know",
                    "Replace it by the exec plugin of the same provider, or by a token.");
        }

        private void plugin(ExecConfig exec) {
            String version = String.valueOf(exec.getApiVersion());
            if (!EXEC_VERSIONS.contains(version)) {
                block(
                        "an exec plugin of client.authentication.k8s.io/v1 or v1beta1",
                        "apiVersion " + version,
                        "Update the plugin, and create the kubeconfig again with its tool.");
            }
            if (!isSet(exec.getInteractiveMode()) && version.endsWith("/v1")) {
                block(
                        "interactiveMode of the exec plugin, which client.authentication.k8s.io/v1 requires",
                        "none",
                        "Set interactiveMode: Never, or IfAvailable.");
            }
            if ("Always".equals(exec.getInteractiveMode())) {
                block(
                        "an exec plugin that runs without a terminal",
                        "interactiveMode: Always, so that the plugin wants to ask a person",
                        "Use a plugin that runs by itself, such as one for a service account or workload identity.");
            }
            boolean unnamed = Optional.ofNullable(exec.getEnv()).orElseGet(List::of).stream()
                    .anyMatch(variable ->
                            !isSet(variable.getName()) || variable.getName().contains("="));
            if (unnamed) {
                block(
                        "each variable in env of the exec plugin with a name",
                        "one without, or with = in it",
                        "Give it a name, or take it out.");
            }
            if (!isCommand(login.command(exec))) {
                block(
                        "command " + exec.getCommand(),
                        "nothing of that name that this service can run",
                        Optional.ofNullable(exec.getInstallHint())
                                .filter(LoginFindings::isSet)
                                .map(hint -> "Install it where Meshspan runs: " + hint.strip())
                                .orElse(
                                        "Install it where Meshspan runs, or use credentials that do not need it, such as a"
                                                + " token."));
            }
        }

        private static boolean isCommand(String command) {
            if (command.isEmpty()) {
                return false;
            }
            if (command.contains("/")) {
                return Files.isExecutable(Path.of(command)) && !Files.isDirectory(Path.of(command));
            }
            String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
            return Arrays.stream(path.split(File.pathSeparator, -1))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
        }

        /** Contradictions that kubectl refuses. */
        private void contradictions() {
            AuthInfo user = login.user();
            if (login.method() == Method.TOKEN && isSet(user.getUsername())) {
                block("a token or a password", "both", "Take one of them out.");
            }
            if (user.getExec() != null && user.getAuthProvider() != null) {
                block("an exec plugin or an auth-provider", "both", "Take one of them out.");
            }
            if (login.hasCertificate() != (isSet(user.getClientKeyData()) || isSet(user.getClientKey()))) {
                block("a client certificate with its key", "one without the other", "Add what is missing.");
            }
            boolean more = isSet(user.getAsUid())
                    || !isEmpty(user.getAsGroups())
                    || (user.getAsUserExtra() != null && !user.getAsUserExtra().isEmpty());
            if (more && !isSet(user.getAs())) {
                block("as, the user to act as", "as-uid, as-groups or as-user-extra without it", "Add as.");
            }
        }

        private void expiry(Instant end, Instant now) {
            if (end.isBefore(now)) {
                block("a valid client certificate", "one that expired at " + end, "Renew it.");
            } else if (end.isBefore(now.plus(SOON))) {
                warn(
                        "a client certificate for more than %d days".formatted(SOON.toDays()),
                        "one that expires at " + end,
                        "Renew it, because a change that waits for an approval may outlast it.");
            }
        }

        private void unverified() {
            findings.add(Finding.warning(
                    where,
                    "insecure-skip-tls-verify in the kubeconfig",
                    "the certificate of the API server checked",
                    "not checked, so this service would send its credentials to any server that answers",
                    "Give the cluster its certificate-authority-data instead."));
        }

        private void block(String expected, String found, String advice) {
            findings.add(Finding.blocking(where, subject, expected, found, advice));
        }

        private void warn(String expected, String found, String advice) {
            findings.add(Finding.warning(where, subject, expected, found, advice));
        }

        private static boolean isSet(@Nullable String value) {
            return value != null && !value.isBlank();
        }

        private static boolean isEmpty(@Nullable List<String> values) {
            return values == null || values.isEmpty();
        }
    }
}
