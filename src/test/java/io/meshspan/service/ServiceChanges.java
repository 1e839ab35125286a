package io.meshspan.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.meshspan.DemoUsers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Changes by REST, as pipelines see them. */
public final class ServiceChanges {

    private final String base;

    ServiceChanges(String base) {
        this.base = base;
    }

    boolean answers() {
        return get("/api/changes").isArray();
    }

    /** @return its id */
    public String request(Map<String, ?> request, String reason) {
        Map<String, Object> body = new HashMap<>(request);
        body.put("reason", reason);
        return post("olivia", "/api/changes", body).path("id").asText();
    }

    /** The change that was asked for with these words, as lists show it; who did may not have lived to hear its id. */
    public Optional<JsonNode> because(String reason) {
        return all(get("/api/changes"))
                .filter(change -> change.path("reason").asText().equals(reason))
                .findFirst();
    }

    /** All changes of a process, as lists show them. */
    public List<JsonNode> of(String process) {
        return all(get("/api/changes"))
                .filter(change -> change.path("process").asText().equals(process))
                .toList();
    }

    /** Approves the plan that it has, as somebody who read it; does nothing where nothing waits for it. */
    void approve(String id) {
        String digest =
                get("/api/changes/" + id + "/plans").at("/0/data/digest").asText();
        if (!digest.isEmpty()) {
            post(
                    "carla",
                    "/api/changes/" + id + "/approval",
                    Map.of("approved", true, "planDigest", digest, "comment", "go ahead"));
        }
    }

    /** Goes on with the change of a root, where somebody is asked, until the new one stays alone. */
    void goThroughPhases(String mesh) {
        String tasks = "/engine-rest/task?taskDefinitionKey=Task_ChooseNextPhase&processInstanceBusinessKey=" + mesh;
        all(get("admin", tasks)).findFirst().ifPresent(task -> {
            String path = "/engine-rest/task/" + task.path("id").asText();
            JsonNode shown = get("admin", path + "/variables");
            String decision = !shown.at("/proxiesRenewed/value").asBoolean()
                    ? "again"
                    : shown.at("/phase/value").asInt() == 3 ? "finish" : "next";
            post("olivia", path + "/claim", Map.of("userId", "olivia"));
            post("olivia", path + "/submit-form", Map.of("variables", Map.of("decision", Map.of("value", decision))));
        });
    }

    /** Has all workloads moved to the new revision, where somebody is asked which are next. */
    void moveEverything(String mesh) {
        String tasks = "/engine-rest/task?taskDefinitionKey=Task_ChooseNextWave&processInstanceBusinessKey=" + mesh;
        all(get("admin", tasks)).findFirst().ifPresent(task -> {
            String path = "/engine-rest/task/" + task.path("id").asText();
            String left = get("admin", path + "/variables/left").path("value").asText();
            if (!left.isEmpty()) {
                String wave = Stream.of(left.split(", ", -1)).collect(Collectors.joining("\",\"", "[\"", "\"]"));
                post("olivia", path + "/claim", Map.of("userId", "olivia"));
                post(
                        "olivia",
                        path + "/submit-form",
                        Map.of(
                                "variables",
                                Map.of(
                                        "decision", Map.of("value", "move"),
                                        "wave", Map.of("value", wave, "type", "Json"))));
            }
        });
    }

    /** Whether some change is in this activity now. */
    public boolean in(String activity) {
        return all(get("admin", "/engine-rest/history/activity-instance?unfinished=true&activityId=" + activity))
                .findAny()
                .isPresent();
    }

    /** What keeps it from going on by itself: a task for a person, or an incident. */
    Optional<String> standstill(String id) {
        Stream<JsonNode> tasks =
                all(now(id)).filter(doing -> doing.path("activity").asText().contains("Decide"));
        return Stream.concat(tasks, all(get("admin", "/engine-rest/incident")))
                .map(JsonNode::toString)
                .findFirst();
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    public JsonNode view(String id) {
        return get("/api/changes/" + id);
    }

    JsonNode now(String id) {
        return get("/api/changes/" + id + "/now");
    }

    private JsonNode get(String path) {
        return get("andrea", path);
    }

    private JsonNode get(String person, String path) {
        JsonNode answer = as(person).get().uri(path).retrieve().body(JsonNode.class);
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

    /** In the profile demo. */
    private RestClient as(String person) {
        return RestClient.builder()
                .baseUrl(base)
                .defaultHeaders(headers -> headers.setBasicAuth(person, DemoUsers.PASSWORD))
                .build();
    }
}
