package io.meshspan.remotesecret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.mesh.IstioClusterName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kubeconfig in a remote secret: one cluster, one context and one user, all named after the cluster in Istio. */
final class RemoteKubeconfig {

    private static final YAMLMapper YAML = new YAMLMapper();

    private RemoteKubeconfig() {}

    /** The text in base64, as a Secret's data requires. */
    static String encoded(IstioClusterName target, String server, Optional<String> tlsServerName, ReaderToken token) {
        String name = target.value();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("apiVersion", "v1");
        config.put("kind", "Config");
        config.put("clusters", named(name, "cluster", cluster(server, tlsServerName, token)));
        config.put("users", named(name, "user", Map.of("token", decoded(token.token()))));
        config.put("contexts", named(name, "context", context(name)));
        config.put("current-context", name);
        return Base64.getEncoder().encodeToString(text(config).getBytes(StandardCharsets.UTF_8));
    }

    /** The token in a remote secret; empty if it has none that can be read. */
    static Optional<String> token(IstioClusterName target, GenericKubernetesResource remoteSecret) {
        Object encoded = remoteSecret.get("data", target.value());
        try {
            return Optional.ofNullable(encoded)
                    .map(text -> decoded(text.toString()))
                    .map(RemoteKubeconfig::read)
                    .map(config -> config.at("/users/0/user/token").asText(""))
                    .filter(token -> !token.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a remote secret leads to, by its keys; an empty text where there is no address. */
    static Map<String, RemoteAccess> accesses(Map<String, String> data) {
        Map<String, RemoteAccess> accesses = new TreeMap<>();
        data.forEach((key, encoded) -> accesses.put(key, access(encoded)));
        return accesses;
    }

    static RemoteAccess access(String encoded) {
        try {
            JsonNode config = read(decoded(encoded));
            return new RemoteAccess(
                    config.at("/clusters/0/cluster/server").asText(""),
                    RemoteCredential.of(config.at("/users/0/user")));
        } catch (IllegalArgumentException e) {
            return new RemoteAccess("", RemoteCredential.none());
        }
    }

    private static JsonNode read(String kubeconfig) {
        try {
            return YAML.readTree(kubeconfig);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a kubeconfig"); // its cause would show the token
        }
    }

    private static Map<String, Object> cluster(String server, Optional<String> tlsServerName, ReaderToken token) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("certificate-authority-data", token.certificateAuthority());
        cluster.put("server", server);
        tlsServerName.ifPresent(name -> cluster.put("tls-server-name", name));
        return cluster;
    }

    private static Map<String, Object> context(String name) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("cluster", name);
        context.put("user", name);
        return context;
    }

    private static List<Map<String, Object>> named(String name, String what, Map<String, ?> content) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put(what, content);
        return List.of(entry);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String text(Map<String, Object> config) {
        try {
            return YAML.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kubeconfig could not be written"); // its cause would show the token
        }
    }
}
