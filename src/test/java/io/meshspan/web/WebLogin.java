package io.meshspan.web;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A browser in which somebody of the profile demo signed in. */
record WebLogin(TestRestTemplate http, String cookies, JsonNode answer) {

    private static final String TOKEN = "XSRF-TOKEN";
    private static final String NO_TOKEN = "of-another-site";

    static WebLogin of(TestRestTemplate http, String user) {
        return of(http, user, DemoUsers.PASSWORD);
    }

    static WebLogin of(TestRestTemplate http, String user, String password) {
        ResponseEntity<JsonNode> answer = signIn(http, user, password);
        return new WebLogin(http, header(cookies(answer)), answer.getBody());
    }

    /** As the sign-in page does. */
    static ResponseEntity<JsonNode> signIn(TestRestTemplate http, String user, String password) {
        String token = cookies(http.getForEntity("/", String.class)).get(TOKEN);
        return signIn(http, user, password, String.valueOf(token), String.valueOf(token));
    }

    static ResponseEntity<JsonNode> signInFromElsewhere(TestRestTemplate http, String user, String password) {
        return signIn(http, user, password, "of-this-site", NO_TOKEN);
    }

    private static ResponseEntity<JsonNode> signIn(
            TestRestTemplate http, String user, String password, String cookie, String token) {
        HttpHeaders headers = headers(TOKEN + "=" + cookie, token);
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("user", user);
        form.add("password", password);
        return http.postForEntity("/sign-in", new HttpEntity<>(form, headers), JsonNode.class);
    }

    <T> ResponseEntity<T> get(String path, Class<T> type) {
        return http.exchange(path, HttpMethod.GET, new HttpEntity<>(headers(cookies, NO_TOKEN)), type);
    }

    /** As this site's own pages ask for something. */
    ResponseEntity<JsonNode> post(String path) {
        return send(HttpMethod.POST, path, Map.of());
    }

    ResponseEntity<JsonNode> send(HttpMethod method, String path, Object body) {
        String token = cookies.replaceAll(".*" + TOKEN + "=([^;]*).*", "$1");
        return http.exchange(path, method, new HttpEntity<>(body, headers(cookies, token)), JsonNode.class);
    }

    /** As a form on another site would: a browser sends the cookies, and lets it read none of them. */
    ResponseEntity<JsonNode> postFromElsewhere(String path) {
        return http.exchange(path, HttpMethod.POST, new HttpEntity<>(headers(cookies, NO_TOKEN)), JsonNode.class);
    }

    private static HttpHeaders headers(String cookies, String token) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.COOKIE, cookies);
        headers.add("X-XSRF-TOKEN", token);
        return headers;
    }

    private static String header(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(joining("; "));
    }

    /** The last of each name counts. */
    private static Map<String, String> cookies(ResponseEntity<?> answer) {
        Map<String, String> cookies = new LinkedHashMap<>();
        Objects.requireNonNullElse(answer.getHeaders().get(HttpHeaders.SET_COOKIE), List.<String>of())
                .forEach(cookie -> {
                    String[] parts = cookie.split(";", 2)[0].split("=", 2);
                    cookies.put(parts[0], parts[1]);
                });
        return cookies;
    }
}
