package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** A browser in which somebody signed in; the password is the name. */
record WebLogin(TestRestTemplate http, String cookies, JsonNode answer) {

    private static final String OWN_PAGES = "X-Requested-By";

    static WebLogin of(TestRestTemplate http, String user) {
        ResponseEntity<JsonNode> answer = signIn(http, user, user, OWN_PAGES);
        return new WebLogin(http, String.join("; ", cookies(answer)), answer.getBody());
    }

    static ResponseEntity<JsonNode> signIn(TestRestTemplate http, String user, String password, String header) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(header, "changes");
        return http.postForEntity(
                "/sign-in", new HttpEntity<>(Map.of("user", user, "password", password), headers), JsonNode.class);
    }

    <T> ResponseEntity<T> get(String path, Class<T> type) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.COOKIE, cookies);
        return http.exchange(path, HttpMethod.GET, new HttpEntity<>(headers), type);
    }

    /** As this site's own pages ask for something. */
    ResponseEntity<JsonNode> post(String path) {
        return post(path, OWN_PAGES);
    }

    /** As a form on another site would; a browser lets it set no header. */
    ResponseEntity<JsonNode> postFromElsewhere(String path) {
        return post(path, "X-Nothing");
    }

    private ResponseEntity<JsonNode> post(String path, String header) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.COOKIE, cookies);
        headers.add(header, "changes");
        return http.exchange(path, HttpMethod.POST, new HttpEntity<>(headers), JsonNode.class);
    }

    private static List<String> cookies(ResponseEntity<?> answer) {
        return Objects.requireNonNullElse(answer.getHeaders().get(HttpHeaders.SET_COOKIE), List.<String>of()).stream()
                .map(cookie -> cookie.substring(0, (cookie + ";").indexOf(';')))
                .toList();
    }
}
