package io.meshspan.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;

/** Changes that somebody asks for by REST, where the form is not what a test is about. */
record StartedChanges(String address) {

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
        return await(
                () -> get(user, change, "/now").findValues("task").stream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .findFirst()
                        .orElse(""),
                task -> !task.isEmpty());
    }

    /** The plan that it asks about, once it does. */
    void approve(String user, String change) {
        task(user, change);
        String digest = get(user, change, "/plans").findPath("digest").asText();
        as(user).postForObject(
                        "/api/changes/{id}/approval",
                        Map.of("approved", true, "planDigest", digest),
                        JsonNode.class,
                        change);
        await(() -> get(user, change, "/now").toString(), now -> !now.contains("Approve change"));
    }

    void decide(String user, String change, String task, String decision) {
        as(user).postForObject(
                        "/api/changes/{id}/decisions/{task}",
                        Map.of("decision", decision),
                        JsonNode.class,
                        change,
                        task);
    }

    /** Waits until it has ended. */
    void end(String user, String change) {
        await(() -> get(user, change, "").path("change").path("ended").asText("null"), ended -> !ended.equals("null"));
    }

    private JsonNode get(String user, String change, String what) {
        return Objects.requireNonNull(as(user).getForObject("/api/changes/" + change + what, JsonNode.class));
    }

    private static String await(Callable<String> look, Predicate<String> seen) {
        return Awaitility.await()
                .atMost(Duration.ofMillis((long) TasklistPage.PATIENCE))
                .pollInterval(Duration.ofMillis(100))
                .until(look, seen);
    }

    private TestRestTemplate as(String user) {
        return new TestRestTemplate(new RestTemplateBuilder().rootUri(address)).withBasicAuth(user, DemoUsers.PASSWORD);
    }
}
