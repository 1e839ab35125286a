package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.DemoUsers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestPropertySource;

/** What browsers are told: by headers, cookies and addresses. */
@WebApplicationTest
class BrowserProtectionIT {

    private static final String FORWARDED = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: mesh.example.org\r\n";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/changes/",
                "/changes/page.js",
                "/changes/data/me",
                "/start-forms/multi-primary.form",
                "/api/changes",
                "/engine-rest/task",
                "/actuator/health",
                "/camunda/app/tasklist/default/",
                "/camunda/app/tasklist/scripts/config.js",
                "/camunda/api/engine/engine/default/task",
                "/webjars/bpmn-js/8.0.0/dist/assets/diagram-js.css",
                "/nothing"
            })
    void shouldNotGuessTypesAnywhereNorKeepWhatIsSomebodys(String path) throws IOException {
        List<String> answer = get(path, "");

        assertThat(answer)
                .filteredOn(line -> line.equalsIgnoreCase("X-Content-Type-Options: nosniff"))
                .hasSize(1);
        assertThat(answer).noneMatch(line -> line.startsWith("Strict-Transport-Security"));
        if (!path.startsWith("/webjars/") && !path.startsWith("/camunda/app/")) {
            assertThat(answer).anyMatch(line -> line.startsWith("Cache-Control: no-"));
        }
    }

    @Test
    void shouldKeepCookiesFromOtherSites() throws IOException {
        assertThat(cookies(get("/camunda/api/admin/auth/user/default", "")))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(cookie -> cookie.contains("SameSite=Lax"))
                .noneMatch(cookie -> cookie.contains("Secure"))
                .anyMatch(cookie -> cookie.contains("JSESSIONID") && cookie.contains("HttpOnly"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/changes/", "/camunda/app/tasklist/default/", "/camunda/app/cockpit", "/camunda/app/admin/"})
    void shouldLeadToNoOtherSite(String path) throws IOException {
        assertThat(get(path, FORWARDED))
                .filteredOn(line -> line.startsWith("Location:"))
                .singleElement()
                .asString()
                .startsWith("Location: /")
                .doesNotContain("example.org");
    }

    private List<String> get(String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET %s HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n%s\r\n";
            socket.getOutputStream().write(request.formatted(path, headers).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.split("\r\n\r\n", 2)[0].lines().toList();
        }
    }

    private static List<String> cookies(List<String> answer) {
        return answer.stream().filter(line -> line.startsWith("Set-Cookie:")).toList();
    }

    /** A proxy that ends TLS, as the settings name it. */
    @Nested
    @TestPropertySource(
            properties = {
                "server.forward-headers-strategy=native",
                "spring.datasource.url=jdbc:h2:mem:proxied",
                "management.endpoints.web.exposure.include=health,env"
            })
    class BehindTls {

        @LocalServerPort
        private int proxied;

        @Autowired
        private TestRestTemplate http;

        @Test
        void shouldKeepToTls() throws IOException {
            port = proxied;

            List<String> answer = get("/camunda/api/admin/auth/user/default", FORWARDED);

            assertThat(cookies(answer)).hasSizeGreaterThanOrEqualTo(2).allMatch(cookie -> cookie.contains("Secure"));
            assertThat(answer).anyMatch(line -> line.startsWith("Strict-Transport-Security: max-age=31536000"));
        }

        @LocalManagementPort
        private int management;

        /** Whatever somebody exposes. */
        @ParameterizedTest
        @CsvSource({"nobody, 401", "olivia, 403", "andrea, 403", "admin, 200"})
        void shouldShowMoreThanHealthToAdministratorsAlone(String user, int status) {
            assertThat(http.withBasicAuth(user, DemoUsers.PASSWORD)
                            .getForEntity("http://127.0.0.1:%d/actuator/env".formatted(management), String.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(status);
            assertThat(http.getForEntity("/actuator/health", String.class).getStatusCode())
                    .isEqualTo(HttpStatus.OK);
        }
    }
}
