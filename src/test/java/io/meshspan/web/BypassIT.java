package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Whatever somebody tries, even an administrator: it is refused in words, and the change is as approvable as before. */
@WebApplicationTest
class BypassIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ProcessEngine engine;

    private String change = "";

    @BeforeEach
    void oliviaStartsAChange() {
        change = as("olivia").start("gated-change").getBody().path("id").asText();
    }

    @AfterEach
    void endTheChange() {
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> engine.getRuntimeService().deleteProcessInstance(i.getId(), "end of test"));
    }

    static Stream<BypassRequest> waysAround() {
        return BypassRequest.all();
    }

    @ParameterizedTest
    @MethodSource("waysAround")
    void shouldBeRefusedInWordsAndLeaveTheChangeApprovable(BypassRequest way) throws JsonProcessingException {
        // when
        ResponseEntity<JsonNode> answer = as(way.user())
                .send(way.method(), filled(way.path()), JSON.readTree(filled(JSON.writeValueAsString(way.body()))));

        // then
        assertThat(answer.getBody().path("message").asText()).contains(filled(way.words()));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.getBody().toString()).doesNotContain("at org.camunda");
        shouldStillBeApproved();
    }

    @Test
    void shouldRefuseADiagramThatSkipsTheApproval() {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("deployment-name", "mine");
        parts.add("gated-change.bpmn", file("gated-change.bpmn"));

        ResponseEntity<JsonNode> answer =
                as("admin").http().postForEntity("/engine-rest/deployment/create", parts, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.getBody().path("message").asText()).contains("are a part of this release");
        shouldStillBeApproved();
    }

    /** No process, and so no right, stands between anybody and the clean-up of the engine's history. */
    @ParameterizedTest
    @CsvSource({
        "suspended, {\"suspended\": true}",
        "priority, {\"priority\": -1}",
        "retries, {\"retries\": 0}",
    })
    void shouldRefuseToStopTheCleanUp(String what, String body) throws JsonProcessingException {
        String cleanUp = engine.getHistoryService().cleanUpHistoryAsync(true).getId();

        ResponseEntity<JsonNode> answer =
                as("andrea").send(HttpMethod.PUT, "/job/%s/%s".formatted(cleanUp, what), JSON.readTree(body));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    /** A file beside a task would be read as part of the approval, and is in no record. */
    @Test
    void shouldRefuseAnAttachment() {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("attachment-name", "agreed");
        parts.add("content", file("agreed.txt"));

        ResponseEntity<JsonNode> answer = as("andrea")
                .http()
                .postForEntity("/engine-rest" + filled("/task/{task}/attachment/create"), parts, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.getBody().path("message").asText()).contains("belong to its record");
    }

    @Test
    void shouldRefuseAStartByAnEarlierDiagram() {
        String earlier = filled("/process-definition/{definition}/start");
        Deployment newer = engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("web/gated-change.bpmn")
                .deploy();

        ResponseEntity<JsonNode> answer = as("olivia").post(earlier, Map.of());
        engine.getRepositoryService().deleteDeployment(newer.getId(), true);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.getBody().path("message").asText()).contains("started by its newest diagram, version 2");
        shouldStillBeApproved();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/process-instance/{called}/variables",
                "/execution/{called}/localVariables",
                "/task/{task}/variables"
            })
    void shouldRefuseAVariableThatComesAsAFile(String variables) {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("data", file("planDigest"));
        parts.add("valueType", "File");

        ResponseEntity<JsonNode> answer = as("admin")
                .http()
                .postForEntity("/engine-rest" + filled(variables) + "/planDigest/data", parts, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.getBody().path("message").asText()).contains("Only steps and forms write the variables");
        shouldStillBeApproved();
    }

    private static ByteArrayResource file(String name) {
        return new ByteArrayResource("<bpmn/>".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }

    private void shouldStillBeApproved() {
        String path = "/task/%s/".formatted(task().getId());
        assertThat(engine.getTaskService().getVariable(task().getId(), "planDigest"))
                .isEqualTo("sha256:0123");
        as("carla").post(path + "claim", Map.of("userId", "carla"));
        as("carla").post(path + "submit-form", EngineRest.variables(Map.of("approved", true)));
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .taskDefinitionKey("Task_Decide")
                        .count())
                .isOne();
    }

    private String filled(String text) {
        Task task = task();
        String definition = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(change)
                .singleResult()
                .getProcessDefinitionId();
        String deployment =
                engine.getRepositoryService().getProcessDefinition(definition).getDeploymentId();
        return text.replace("{change}", change)
                .replace("{called}", task.getProcessInstanceId())
                .replace("{task}", task.getId())
                .replace("{definition}", definition)
                .replace("{calledDefinition}", task.getProcessDefinitionId())
                .replace("{deployment}", deployment)
                .replace("{filter}", filter())
                .replace("{job}", job().getId())
                .replace("{jobDefinition}", job().getJobDefinitionId());
    }

    private String filter() {
        return engine.getFilterService().createFilterQuery().list().get(0).getId();
    }

    private Job job() {
        return engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("gated-preparation")
                .singleResult();
    }

    private Task task() {
        return engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey("Task_Approve")
                .singleResult();
    }

    private EngineRest as(String user) {
        return EngineRest.as(http, user);
    }
}
