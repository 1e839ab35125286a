package io.meshspan.scale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Changes by REST, as pipelines carry them. */
final class Changes {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final String base;

    Changes(String base) {
        this.base = base;
    }

    boolean answer() {
        return get("/api/changes").isArray();
    }

    /** Requested, approved when the plan is there, followed to its end. */
    Run carry(String process, List<String> clusters) {
        long requested = System.nanoTime();
        String id = request(process, clusters);
        await().atMost(LIMIT).pollInterval(BETWEEN).until(() -> approved(id));
        long approved = System.nanoTime();
        await().atMost(LIMIT).pollInterval(BETWEEN).until(() -> ended(id));
        return new Run(outcome(id), seconds(requested, approved), seconds(approved, System.nanoTime()));
    }

    private String request(String process, List<String> clusters) {
        Map<String, Object> body = Map.of(
                "process", process,
                "meshId", "mesh1",
                "istioVersion", "1.30.3",
                "clusters", clusters,
                "reason", "fifty clusters");
        return post("olivia", "/api/changes", body).path("id").asText();
    }

    private boolean approved(String id) {
        try {
            post("carla", "/api/changes/" + id + "/approval", Map.of("approved", true, "comment", "go ahead"));
            return true;
        } catch (HttpClientErrorException.Conflict notYet) {
            return false;
        }
    }

    private boolean ended(String id) {
        JsonNode now = get("/api/changes/" + id + "/now");
        if (now.toString().contains("Decide how to go on")) {
            throw new AssertionError("a person is asked: " + now);
        }
        return get("/api/changes/" + id).path("change").path("ended").isTextual();
    }

    private String outcome(String id) {
        return get("/api/changes/" + id).path("change").path("outcome").asText();
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private JsonNode get(String path) {
        JsonNode answer = as("andrea").get().uri(path).retrieve().body(JsonNode.class);
        return answer == null ? NullNode.getInstance() : answer;
    }

    private JsonNode post(String person, String path, Map<String, ?> body) {
        JsonNode answer = as(person)
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(JsonNode.class);
        return answer == null ? NullNode.getInstance() : answer;
    }

    /** In the profile demo the password is the person's name. */
    private RestClient as(String person) {
        return RestClient.builder()
                .baseUrl(base)
                .defaultHeaders(headers -> headers.setBasicAuth(person, person))
                .build();
    }
}
