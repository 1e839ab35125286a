package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

/** Everything that the pages load is served: their own files, and the viewer of diagrams from its jar. */
@WebApplicationTest
class PagesIT {

    @Autowired
    private TestRestTemplate http;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/changes/index.html",
                "/changes/page.js",
                "/changes/changes.js",
                "/changes/changes.css",
                "/changes/task.js",
                "/changes/diagram.js",
                "/webjars/bpmn-js/8.0.0/dist/bpmn-navigated-viewer.production.min.js",
                "/webjars/bpmn-js/8.0.0/dist/assets/diagram-js.css",
            })
    void shouldBeServed(String path) {
        assertThat(http.getForEntity(path, String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "andrea, cockpit, /camunda/api/cockpit/plugin/mesh-changes/static/app/plugin.js",
        "andrea, cockpit, /camunda/api/cockpit/plugin/mesh-changes/static/app/plugin.css",
        "olivia, tasklist, /camunda/api/tasklist/plugin/mesh-changes-tasks/static/app/plugin.js",
    })
    void shouldBeServedToTheWebApplications(String user, String application, String path) {
        WebLogin login = WebLogin.of(http, user);

        assertThat(login.get(path, String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(login.get("/camunda/app/%s/default/".formatted(application), String.class)
                        .getBody())
                .contains("mesh-changes");
    }

    @ParameterizedTest
    @CsvSource({
        "olivia, true, true, true",
        "carla, true, false, false",
        "andrea, false, false, false",
        "admin, true, true, true"
    })
    void shouldShowTheChangesToEveryRoleAndTellWhatItMayDo(
            String user, boolean tasks, boolean starts, boolean retries) {
        WebLogin login = WebLogin.of(http, user);

        assertThat(login.get("/changes/", String.class).getBody()).contains("page.js");
        assertThat(login.get("/changes/data/changes", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.OK);
        JsonNode me = login.get("/changes/data/me", JsonNode.class).getBody();
        assertThat(me.path("id").asText()).isEqualTo(user);
        assertThat(me.path("tasks").asBoolean()).isEqualTo(tasks);
        assertThat(me.path("starts").asBoolean()).isEqualTo(starts);
        assertThat(me.path("retries").asBoolean()).isEqualTo(retries);
        assertThat(login.get("/changes/data/changes/nosuch", JsonNode.class)
                        .getBody()
                        .path("detail")
                        .asText())
                .startsWith("There is no change nosuch");
    }
}
