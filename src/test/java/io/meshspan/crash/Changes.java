package io.meshspan.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Changes by REST, as pipelines see them. */
final class Changes {

    private final String base;

    Changes(String base) {
        this.base = base;
    }

    boolean answers() {
        return get("/api/changes").isArray();
    }

    /** @return its id */
    String request(String process, String mesh, List<String> clusters) {
        return post(
                        "olivia",
                        "/api/changes",
                        Map.of(
                                "process", process,
                                "meshId", mesh,
                                "istioVersion", "1.30.3",
                                "clusters", clusters,
                                "reason", "a crash"))
                .path("id")
                .asText();
    }

    /** The change of this mesh, whose requester may not have lived to hear its id. */
    Optional<String> of(String mesh) {
        return Optional.of(get("/api/changes?mesh=" + mesh).path(0).path("id").asText())
                .filter(id -> !id.isEmpty());
    }

    /** Does nothing where nothing waits for it. */
    void approve(String id) {
        post("carla", "/api/changes/" + id + "/approval", Map.of("approved", true, "comment", "go ahead"));
    }

    /** The words of the task in which a person is asked how to go on, if there is one. */
    Optional<String> question(String id) {
        return StreamSupport.stream(now(id).spliterator(), false)
                .filter(doing -> doing.path("activity").asText().contains("Decide"))
                .map(JsonNode::toString)
                .findFirst();
    }

    boolean ended(String id) {
        return view(id).path("change").path("ended").isTextual();
    }

    JsonNode view(String id) {
        return get("/api/changes/" + id);
    }

    JsonNode now(String id) {
        return get("/api/changes/" + id + "/now");
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
                .onStatus(HttpStatusCode.valueOf(409)::equals, (request, response) -> {})
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
