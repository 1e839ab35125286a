package io.meshspan.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A change by REST: requested by the operator, approved by the change manager, followed by the auditor. */
final class E2eChange {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final DateTimeFormatter ENGINE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    private static final String DECISION = "Decide how to go on";
    private static final String PHASE = "Choose next phase";
    private static final String WAVE = "Choose next wave";
    private static final String RENEWAL = "Decide on renewal";

    private final E2eApplication e2eApplication;
    private final String mesh;
    private final String id;

    private E2eChange(E2eApplication e2eApplication, String mesh, String id) {
        this.e2eApplication = e2eApplication;
        this.mesh = mesh;
        this.id = id;
    }

    static E2eChange request(E2eApplication e2eApplication, Settings settings, String mesh, String version) {
        Map<String, Object> inputs = Map.of(
                "meshId",
                mesh,
                "istioVersion",
                version,
                "clusters",
                String.join(",", settings.contexts()),
                "reason",
                "end-to-end test");
        return request(
                e2eApplication, GivenObjects.TOPOLOGY.text().orElse("multi-primary-multi-network"), mesh, inputs);
    }

    static E2eChange request(E2eApplication e2eApplication, String process, String mesh, Map<String, Object> inputs) {
        JsonNode started = e2eApplication
                .as("olivia")
                .post("/process-definition/key/%s/start".formatted(process), Map.of("variables", variables(inputs)));
        return new E2eChange(e2eApplication, mesh, started.path("id").asText());
    }

    /** Waits until the service itself begins one for the mesh. */
    static E2eChange startedBySchedule(E2eApplication e2eApplication, String process, String mesh) {
        JsonNode started = until(() -> first(e2eApplication
                .as("andrea")
                .get(
                        "/history/process-instance?processDefinitionKey={process}&processInstanceBusinessKey={mesh}"
                                + "&unfinished=true",
                        process,
                        mesh)));
        return new E2eChange(e2eApplication, mesh, started.path("id").asText());
    }

    String id() {
        return id;
    }

    /** As the change manager reads it. */
    String planSummary() {
        return variable("carla", approval(), "planSummary");
    }

    /** A variable of an open task, as the change manager sees it. */
    String shown(String task, String name) {
        return variable("carla", task("carla", task), name);
    }

    void reject(String task) {
        complete("carla", task("carla", task), Map.of("approved", false, "comment", "as the test has it"));
    }

    E2eChange approve() {
        complete("carla", approval(), Map.of("approved", true, "comment", "go ahead"));
        return this;
    }

    /** Its name tells what is approved. */
    private JsonNode approval() {
        return until(() -> first(e2eApplication
                .as("carla")
                .get("/task?taskDefinitionKey=Task_ApproveChange&processInstanceBusinessKey={mesh}", mesh)));
    }

    E2eChange approve(String task) {
        complete("carla", task("carla", task), Map.of("approved", true, "comment", "go ahead"));
        return this;
    }

    /** Waits until a person is asked, and says what about. */
    String question() {
        return variable("olivia", task("olivia", DECISION), "failureText");
    }

    void answer(String decision) {
        complete("olivia", task("olivia", DECISION), Map.of("decision", decision, "comment", "as the test has it"));
    }

    /** Waits until the operator is asked for the next wave, and reads a variable of that task. */
    String nextWave(String name) {
        return variable("olivia", task("olivia", WAVE), name);
    }

    /** Waits until the operator is asked after a phase of a change of the root, and reads what the task says. */
    String phase() {
        return variable("olivia", task("olivia", PHASE), "phaseText");
    }

    void afterPhase(String decision) {
        complete("olivia", task("olivia", PHASE), Map.of("decision", decision));
    }

    /** Has the operator start the renewal that the service asks about. */
    void renew() {
        complete("olivia", task("olivia", RENEWAL), Map.of("decision", "renew"));
    }

    /** @param wave items as the task offers them */
    void choose(String decision, String field, String... wave) {
        String items = Stream.of(wave).map(item -> '"' + item + '"').collect(Collectors.joining(",", "[", "]"));
        complete(
                "olivia",
                task("olivia", WAVE),
                wave.length == 0
                        ? Map.of("decision", decision)
                        : Map.of("decision", decision, field, Map.of("value", items, "type", "Json")));
    }

    /** Waits until the change is at this activity of its own diagram. */
    void reached(String activity) {
        until(() -> find("/history/activity-instance?processInstanceId={id}&activityId={activity}", id, activity));
    }

    /** Waits until some change waits for its turn, and says for whom. */
    String turn() {
        return until(
                () -> found("/history/variable-instance?variableName=failureText&processDefinitionKey=acquire-leases")
                        .map(variable -> variable.path("value").asText())
                        .filter(text -> !text.isBlank())
                        .findFirst());
    }

    /** When the first step that writes to a mesh began. */
    Instant begun() {
        return time(activity("Task_CreateNamespaces"), "startTime");
    }

    Instant ended(String activity) {
        return time(activity(activity), "endTime");
    }

    private JsonNode activity(String activity) {
        return find("/history/activity-instance?processInstanceId={id}&activityId={activity}", id, activity)
                .orElseThrow();
    }

    private static Instant time(JsonNode activity, String field) {
        return OffsetDateTime.parse(activity.path(field).asText(), ENGINE_TIME).toInstant();
    }

    /**
     * Waits for the end, at which nobody must have been asked anything; the id of the end event. Asks seldom, for each
     * answer costs the service that is being measured a password and three queries.
     */
    String end() {
        return until(Duration.ofSeconds(1), () -> {
                    open("olivia", DECISION).ifPresent(task -> {
                        throw new AssertionError("a person is asked: " + variable("olivia", task, "failureText"));
                    });
                    find("/incident?processInstanceId={id}", id).ifPresent(incident -> {
                        throw new AssertionError("an incident: "
                                + incident.path("incidentMessage").asText());
                    });
                    return find("/history/process-instance?processInstanceId={id}&finished=true", id)
                            .flatMap(ended -> find(
                                    "/history/activity-instance?processInstanceId={id}&activityType=noneEndEvent"
                                            + "&finished=true&sortBy=endTime&sortOrder=desc",
                                    id));
                })
                .path("activityId")
                .asText();
    }

    /** The report, as it is kept. */
    String verification() {
        return kept("verificationText");
    }

    /** A variable of the change, as it was at its end. */
    String kept(String name) {
        return find(
                        "/history/variable-instance?processInstanceId={id}&variableName={name}&deserializeValues=false",
                        id,
                        name)
                .map(found -> found.path("value").asText())
                .orElse("");
    }

    private JsonNode task(String person, String name) {
        return until(() -> open(person, name));
    }

    private Optional<JsonNode> open(String person, String name) {
        return first(e2eApplication.as(person).get("/task?name={name}&processInstanceBusinessKey={mesh}", name, mesh));
    }

    private String variable(String person, JsonNode task, String name) {
        return e2eApplication
                .as(person)
                .get(
                        "/task/{task}/variables/{name}?deserializeValue=false",
                        task.path("id").asText(),
                        name)
                .path("value")
                .asText();
    }

    /** The id of an open task, as its approver finds it. */
    String taskId(String name) {
        return task("carla", name).path("id").asText();
    }

    private void complete(String person, JsonNode task, Map<String, Object> form) {
        String path = "/task/" + task.path("id").asText();
        e2eApplication.as(person).post(path + "/claim", Map.of("userId", person));
        e2eApplication.as(person).post(path + "/submit-form", Map.of("variables", variables(form)));
    }

    private Optional<JsonNode> find(String path, Object... values) {
        return found(path, values).findFirst();
    }

    private Stream<JsonNode> found(String path, Object... values) {
        return stream(e2eApplication.as("andrea").get(path, values));
    }

    private static Optional<JsonNode> first(JsonNode list) {
        return stream(list).findFirst();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Map<String, Object> variables(Map<String, Object> values) {
        Map<String, Object> variables = new LinkedHashMap<>();
        values.forEach((name, value) ->
                variables.put(name, value instanceof Map<?, ?> typed ? typed : Map.of("value", value)));
        return variables;
    }

    private static <T> T until(Supplier<Optional<T>> question) {
        return until(Duration.ofMillis(200), question);
    }

    private static <T> T until(Duration interval, Supplier<Optional<T>> question) {
        return await().atMost(LIMIT)
                .pollInterval(interval)
                .until(question::get, Optional::isPresent)
                .orElseThrow();
    }
}
