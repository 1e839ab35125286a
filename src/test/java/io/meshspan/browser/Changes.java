package io.meshspan.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;

/** Changes that somebody asks for by REST, where the form is not what a test is about. */
record Changes(String address) {

    /** @return the id of the change, which goes on until it asks somebody */
    String ask(String user, String mesh, List<String> clusters, String reason) {
        JsonNode change = as(user).postForObject(
                        "/api/changes",
                        Map.of(
                                "process", "multi-primary-multi-network",
                                "meshId", mesh,
                                "istioVersion", "1.30.3",
                                "clusters", clusters,
                                "reason", reason),
                        JsonNode.class);
        return Objects.requireNonNull(change).path("id").asText();
    }

    /** The id of the task that the change waits for. */
    String task(String user, String change) {
        return Awaitility.await()
                .atMost(Duration.ofMillis((long) Desk.PATIENCE))
                .until(
                        () -> Objects.requireNonNull(
                                        as(user).getForObject("/api/changes/%s/now".formatted(change), JsonNode.class))
                                .findPath("task")
                                .asText(),
                        task -> !task.isEmpty() && !task.equals("null"));
    }

    private TestRestTemplate as(String user) {
        return new TestRestTemplate(new RestTemplateBuilder().rootUri(address)).withBasicAuth(user, user);
    }
}
