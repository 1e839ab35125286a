package io.meshspan.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.inventory.StoredKubeconfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a kubeconfig from the objects of other tools. A kubeconfig is YAML, and JSON is YAML. */
final class FleetKubeconfig {

    static final String CONTEXT = "fleet";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private FleetKubeconfig() {}

    /**
     * A cluster of Argo CD (https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters).
     *
     * @param allowed the commands that may be run
     */
    static StoredKubeconfig ofArgoCd(String where, String server, String config, Predicate<String> allowed) {
        JsonNode said = parsed(config);
        if (!said.isObject()) {
            return refused(where, "a config that is no JSON object");
        }
        if (said.hasNonNull("awsAuthConfig")) {
            return refused(where, "awsAuthConfig, which only Argo CD's own program can use");
        }
        JsonNode exec = said.path("execProviderConfig");
        String command = exec.path("command").asText("");
        if (exec.isObject() && !allowed.test(command)) {
            return refused(where, "execProviderConfig with a command that meshspan.fleet.commands does not name");
        }
        ObjectNode cluster = JSON.createObjectNode();
        JsonNode tls = said.path("tlsClientConfig");
        cluster.put("server", server);
        copy(said, "proxyUrl", cluster, "proxy-url");
        copy(tls, "serverName", cluster, "tls-server-name");
        copy(tls, "caData", cluster, "certificate-authority-data");
        if (tls.path("insecure").asBoolean()) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        ObjectNode user = JSON.createObjectNode();
        copy(said, "bearerToken", user, "token");
        copy(said, "username", user, "username");
        copy(said, "password", user, "password");
        copy(tls, "certData", user, "client-certificate-data");
        copy(tls, "keyData", user, "client-key-data");
        if (exec.isObject()) {
            ObjectNode plugin = plugin(command, exec.path("apiVersion").asText());
            plugin.set("args", exec.path("args").isArray() ? exec.path("args") : JSON.createArrayNode());
            copy(exec, "installHint", plugin, "installHint");
            exec.path("env")
                    .properties()
                    .forEach(variable ->
                            env(plugin, variable.getKey(), variable.getValue().asText()));
            user.set("exec", plugin);
        }
        return kubeconfig(where, cluster, user);
    }

    static Optional<String> currentContext(String yaml) {
        return Optional.of(parsed(yaml).path("current-context").asText()).filter(name -> !name.isEmpty());
    }

    /**
     * A cluster of the ClusterProfile API. The object gives its address, the settings say how to log in
     * (https://github.com/kubernetes-sigs/cluster-inventory-api).
     */
    static StoredKubeconfig ofProfile(
            String where, Map<String, Object> profile, Function<String, Optional<FleetProperties.Provider>> providers) {
        JsonNode status = JSON.valueToTree(profile).path("status");
        List<JsonNode> offered = Stream.of("accessProviders", "credentialProviders")
                .flatMap(field -> status.path(field).valueStream())
                .toList();
        return offered.stream()
                .filter(offer -> providers.apply(offer.path("name").asText()).isPresent())
                .findFirst()
                .map(offer -> ofProvider(
                        where,
                        offer,
                        providers.apply(offer.path("name").asText()).orElseThrow()))
                .orElseGet(() -> refused(
                        where,
                        "no credential provider that meshspan.fleet.credential-providers names, but "
                                + offered.stream()
                                        .map(offer -> offer.path("name").asText())
                                        .toList()));
    }

    private static StoredKubeconfig ofProvider(String where, JsonNode offer, FleetProperties.Provider provider) {
        ObjectNode cluster =
                offer.path("cluster").isObject() ? offer.path("cluster").deepCopy() : JSON.createObjectNode();
        cluster.remove("certificate-authority");
        ObjectNode plugin = plugin(provider.command(), "client.authentication.k8s.io/v1");
        plugin.put("provideClusterInfo", true);
        ArrayNode arguments = plugin.putArray("args");
        provider.arguments().forEach(arguments::add);
        provider.environment().forEach((name, value) -> env(plugin, name, value));
        ObjectNode user = JSON.createObjectNode();
        user.set("exec", plugin);
        return kubeconfig(where, cluster, user);
    }

    private static ObjectNode plugin(String command, String apiVersion) {
        return JSON.createObjectNode()
                .put("command", command)
                .put("apiVersion", apiVersion)
                .put("interactiveMode", "Never");
    }

    private static void env(ObjectNode plugin, String name, String value) {
        plugin.withArray("env").addObject().put("name", name).put("value", value);
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        if (!from.path(field).asText().isEmpty()) {
            to.put(name, from.path(field).asText());
        }
    }

    private static StoredKubeconfig kubeconfig(String where, ObjectNode cluster, ObjectNode user) {
        ObjectNode config = JSON.createObjectNode();
        config.putArray("clusters").addObject().put("name", CONTEXT).set("cluster", cluster);
        config.putArray("users").addObject().put("name", CONTEXT).set("user", user);
        ObjectNode context = config.putArray("contexts").addObject().put("name", CONTEXT);
        context.putObject("context").put("cluster", CONTEXT).put("user", CONTEXT);
        return new StoredKubeconfig(where, config.toString(), Optional.empty());
    }

    private static StoredKubeconfig refused(String where, String why) {
        return new StoredKubeconfig(where, "{}", Optional.of(why));
    }

    /** Empty if the text cannot be read; the parser's message would quote it. */
    private static JsonNode parsed(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
