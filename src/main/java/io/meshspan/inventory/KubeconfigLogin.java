package io.meshspan.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.inventory.Login.Method;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads from a kubeconfig how its context logs in, and nothing that would let anybody else do so. */
public final class KubeconfigLogin {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path kubeconfig;
    private final JsonNode cluster;
    private final JsonNode user;

    private KubeconfigLogin(Path kubeconfig, JsonNode cluster, JsonNode user) {
        this.kubeconfig = kubeconfig;
        this.cluster = cluster;
        this.user = user;
    }

    /** @return empty if the file or one of context, cluster and user is not there (any more) */
    public static Optional<Login> of(KnownCluster known) {
        try {
            JsonNode config = YAML.readTree(known.kubeconfig().toFile());
            JsonNode context = named(config, "contexts", known.context()).path("context");
            JsonNode cluster = named(config, "clusters", context.path("cluster").asText());
            JsonNode user = named(config, "users", context.path("user").asText());
            return cluster.isMissingNode() || user.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new KubeconfigLogin(known.kubeconfig(), cluster.path("cluster"), user.path("user"))
                            .login());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Login login() {
        Method method = method();
        return new Login(
                server(),
                !cluster.path("insecure-skip-tls-verify").asBoolean(),
                method,
                detail(),
                NamedFiles.of(kubeconfig, cluster, user),
                NamedFiles.missing(kubeconfig, cluster, user),
                expires());
    }

    private Method method() {
        if (user.hasNonNull("token") || user.hasNonNull("tokenFile")) {
            return Method.TOKEN;
        }
        if (user.hasNonNull("client-certificate") || user.hasNonNull("client-certificate-data")) {
            return Method.CLIENT_CERTIFICATE;
        }
        if (user.hasNonNull("exec")) {
            return Method.PLUGIN;
        }
        if (user.hasNonNull("auth-provider")) {
            return Method.AUTH_PROVIDER;
        }
        return user.hasNonNull("username") ? Method.PASSWORD : Method.NONE;
    }

    private String detail() {
        return switch (method()) {
            case PLUGIN -> user.path("exec").path("command").asText();
            case AUTH_PROVIDER -> user.path("auth-provider").path("name").asText();
            default -> "";
        };
    }

    private Optional<URI> server() {
        try {
            return Optional.of(URI.create(cluster.path("server").asText()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> expires() {
        String data = user.path("client-certificate-data").asText();
        Path file = kubeconfig.resolveSibling(user.path("client-certificate").asText());
        if (!data.isEmpty()) {
            return ClientCertificate.endOf(data);
        }
        return Files.isRegularFile(file) ? ClientCertificate.endOf(file) : Optional.empty();
    }

    private static JsonNode named(JsonNode config, String list, String name) {
        return StreamSupport.stream(config.path(list).spliterator(), false)
                .filter(entry -> entry.path("name").asText().equals(name))
                .findFirst()
                .orElseGet(() -> config.path("(none)"));
    }
}
