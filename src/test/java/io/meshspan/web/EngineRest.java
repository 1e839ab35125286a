package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.util.Map;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** Camunda's REST interface as one user of the profile demo sees it. */
record EngineRest(TestRestTemplate http) {

    static EngineRest as(TestRestTemplate http, String user) {
        return new EngineRest(http.withBasicAuth(user, DemoUsers.PASSWORD));
    }

    ResponseEntity<JsonNode> get(String path) {
        return http.getForEntity("/engine-rest" + path, JsonNode.class);
    }

    ResponseEntity<JsonNode> post(String path, Object body) {
        return send(HttpMethod.POST, path, body);
    }

    ResponseEntity<JsonNode> send(HttpMethod method, String path, Object body) {
        return http.exchange("/engine-rest" + path, method, new HttpEntity<>(body), JsonNode.class);
    }

    ResponseEntity<JsonNode> start(String process) {
        return post("/process-definition/key/%s/start".formatted(process), Map.of("businessKey", "mesh1"));
    }

    static Map<String, Object> variables(Map<String, ?> values) {
        Map<String, Object> typed = new java.util.HashMap<>();
        values.forEach((name, value) -> typed.put(name, Map.of("value", value)));
        return Map.of("variables", typed);
    }
}
