package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import io.meshspan.approval.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The start form knows the clusters, and shows them only to whoever is logged in to Tasklist. */
@WebApplicationTest
class StartFormIT {

    private static final String FORM = "/start-forms/multi-primary-multi-network.form";

    private static final Person OSCAR = new Person("oscar", List.of("operators"));

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private StartForms forms;

    @Test
    void shouldFillInTheInventorysClustersAndTheOfferedVersions() throws IOException {
        JsonNode schema = forms.filledIn("multi-primary-multi-network.form", OSCAR);

        assertThat(options(schema, "clusters", "label")).containsExactly("cluster1 (network1)", "cluster2 (network2)");
        assertThat(options(schema, "clusters", "value")).containsExactly("cluster1", "cluster2");
        assertThat(options(schema, "istioVersion", "value")).containsExactly("1.30.3", "1.29.6", "1.28.10");
        assertThat(field(schema, "istioVersion").path("defaultValue").asText()).isEqualTo("1.30.3");
    }

    @Test
    void shouldShowTheClustersToNobodyWithoutASession() {
        assertThat(http.getForEntity(FORM, String.class).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                        .getForEntity(FORM, String.class)
                        .getBody())
                .doesNotContain("cluster1");
    }

    static Stream<String> startForms() throws IOException {
        try (Stream<Path> diagrams = Files.list(Path.of("processes"))) {
            return diagrams
                    .map(file -> Bpmn.readModelFromFile(file.toFile()))
                    .flatMap(model -> model.getModelElementsByType(StartEvent.class).stream())
                    .map(StartEvent::getCamundaFormKey)
                    .filter(Objects::nonNull)
                    .map(key -> key.substring("camunda-forms:".length()))
                    .toList()
                    .stream();
        }
    }

    /** Tasklist can start a process only if the form that its diagram names is served. */
    @ParameterizedTest
    @MethodSource("startForms")
    void shouldServeTheFormOfEachProcessToWhoeverIsLoggedIn(String form) {
        ResponseEntity<JsonNode> served = WebLogin.of(http, "olivia").get(form, JsonNode.class);

        assertThat(served.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(form)
                .endsWith("/%s.form".formatted(served.getBody().path("id").asText()));
        assertThat(http.getForEntity(form, String.class).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @ParameterizedTest
    @MethodSource("startForms")
    void shouldOfferAnUrgentChangeToThoseWhoMayAskForOne(String form) throws IOException {
        String file = form.substring(form.lastIndexOf('/') + 1);

        assertThat(keys(forms.filledIn(file, new Person("olivia", List.of("operators")))))
                .contains("urgent", "reason");
        assertThat(keys(forms.filledIn(file, OSCAR))).contains("reason").doesNotContain("urgent");
    }

    @Test
    void shouldKnowTheFormsOfAllProcessesThatPeopleStart() throws IOException {
        assertThat(startForms()).hasSize(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve-change", "no-such", "..%2Fapplication"})
    void shouldServeNothingElse(String form) {
        assertThat(WebLogin.of(http, "olivia")
                        .get("/start-forms/" + form + ".form", String.class)
                        .getStatusCode())
                .isIn(HttpStatus.NOT_FOUND, HttpStatus.BAD_REQUEST);
    }

    private static List<String> keys(JsonNode schema) {
        return schema.path("components").findValuesAsText("key");
    }

    private static List<String> options(JsonNode schema, String key, String part) {
        return field(schema, key).path("values").findValuesAsText(part);
    }

    private static JsonNode field(JsonNode schema, String key) {
        for (JsonNode component : schema.path("components")) {
            if (component.path("key").asText().equals(key)) {
                return component;
            }
        }
        throw new AssertionError("no field " + key);
    }
}
