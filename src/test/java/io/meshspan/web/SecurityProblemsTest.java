package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;

class SecurityProblemsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecurityProblems problems = new SecurityProblems();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/changes");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void shouldTellAPipelineThatItsPasswordWasNotCheckedAndWhenToSendItAgain() throws IOException, ServletException {
        problems.askingForPassword().commence(request, response, new TooManyAttempts(2));

        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getHeader("Retry-After")).isEqualTo("2");
        assertThat(response.getHeader("WWW-Authenticate")).isNull();
        assertThat(body().path("detail").asText()).contains("not checked", "2 s");
    }

    @Test
    void shouldTellAPipelineThatItsPasswordIsWrong() throws IOException, ServletException {
        problems.askingForPassword().commence(request, response, new BadCredentialsException("of the engine"));

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).startsWith("Basic");
        assertThat(body().path("detail").asText()).isEqualTo("There is no such user with this password");
        assertThat(body().path("instance").asText()).isEqualTo("/api/changes");
    }

    private JsonNode body() throws IOException {
        assertThat(response.getContentType()).startsWith("application/problem+json");
        return JSON.readTree(response.getContentAsByteArray());
    }
}
