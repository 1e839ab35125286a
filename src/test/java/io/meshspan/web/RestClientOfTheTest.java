package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** Camunda's REST interface as one user sees it; the password is the name, as in the profile demo. */
record RestClientOfTheTest(TestRestTemplate rest) {

    static RestClientOfTheTest as(TestRestTemplate rest, String user) {
        return new RestClientOfTheTest(rest.withBasicAuth(user, user));
    }

    ResponseEntity<JsonNode> get(String path) {
        return rest.getForEntity("/engine-rest" + path, JsonNode.class);
    }

    ResponseEntity<JsonNode> post(String path, Object body) {
        return send(HttpMethod.POST, path, body);
    }

    ResponseEntity<JsonNode> send(HttpMethod method, String path, Object body) {
        return rest.exchange("/engine-rest" + path, method, new HttpEntity<>(body), JsonNode.class);
    }

    String start(String process) {
        return post("/process-definition/key/%s/start".formatted(process), Map.of("businessKey", "mesh1"))
                .getBody()
                .path("id")
                .asText();
    }
}
