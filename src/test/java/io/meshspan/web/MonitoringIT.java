package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.DemoUsers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.HttpStatus;

/** What the management port tells, and to whom. */
@WebApplicationTest
class MonitoringIT {

    @Autowired
    private TestRestTemplate http;

    @LocalManagementPort
    private int management;

    private String managed(String path) {
        return "http://127.0.0.1:%d/actuator/%s".formatted(management, path);
    }

    @Test
    void shouldTellPrometheusWithoutAPasswordOnTheManagementPortAlone() {
        assertThat(http.getForObject(managed("prometheus"), String.class))
                .contains(
                        "meshspan_engine_jobs{state=\"due\"}",
                        "meshspan_tasks_open{kind=\"approval\"}",
                        "meshspan_incidents_open ",
                        "meshspan_nodes ",
                        "jvm_memory_used_bytes")
                .doesNotContain("spring_security");
        assertThat(http.withBasicAuth("admin", DemoUsers.PASSWORD)
                        .getForEntity("/actuator/prometheus", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void shouldTellHealthOnBothPorts() {
        for (String part : new String[] {"health", "health/readiness", "health/liveness"}) {
            assertThat(http.getForObject(managed(part), String.class)).startsWith("{\"status\":\"UP\"");
            assertThat(http.getForObject("/actuator/" + part, String.class)).startsWith("{\"status\":\"UP\"");
        }
        assertThat(http.getForEntity("/actuator/health/absent", String.class).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void shouldShowAdministratorsAloneWhatWasNotTold() {
        assertThat(http.getForEntity(managed("notifications"), String.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                        .getForEntity(managed("notifications"), String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(http.withBasicAuth("admin", DemoUsers.PASSWORD).getForObject(managed("notifications"), String.class))
                .contains("givenUp", "pending");
    }
}
