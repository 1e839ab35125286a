package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The engine's REST interface as one person of the profile demo uses it. */
final class Rest {

    private final String user;
    private final RestClient client;

    Rest(URI base, String user) {
        this.user = user;
        this.client = RestClient.builder()
                .baseUrl(base.toString())
                .defaultHeaders(headers -> headers.setBasicAuth(user, DemoUsers.PASSWORD))
                .build();
    }

    String user() {
        return user;
    }

    JsonNode get(String path, Object... values) {
        return java.util.Objects.requireNonNull(
                client.get().uri(path, values).retrieve().body(JsonNode.class));
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send(HttpMethod.POST, path, body);
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send(HttpMethod.PUT, path, body);
    }

    void delete(String path) {
        client.delete().uri(path).retrieve().toBodilessEntity();
    }

    private JsonNode send(HttpMethod method, String path, Map<String, ?> body) {
        JsonNode answer = client.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(JsonNode.class);
        return answer == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : answer;
    }
}
