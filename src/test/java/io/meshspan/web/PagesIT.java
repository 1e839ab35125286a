package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
}
