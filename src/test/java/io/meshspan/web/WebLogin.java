package io.meshspan.web;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;

/** A browser in which somebody logged in to a web application; the password is the name. */
record WebLogin(TestRestTemplate http, String cookies) {

    static WebLogin of(TestRestTemplate http, String user, String application) {
        ResponseEntity<String> page =
                http.getForEntity("/camunda/app/%s/default/".formatted(application), String.class);
        List<String> given = cookies(page);
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        headers.add(HttpHeaders.COOKIE, String.join("; ", given));
        given.stream()
                .filter(cookie -> cookie.startsWith("XSRF-TOKEN="))
                .forEach(cookie -> headers.add("X-XSRF-TOKEN", cookie.substring("XSRF-TOKEN=".length())));
        LinkedMultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("username", user);
        form.add("password", user);
        ResponseEntity<String> answer = http.postForEntity(
                "/camunda/api/admin/auth/user/default/login/" + application,
                new HttpEntity<>(form, headers),
                String.class);
        List<String> renewed = cookies(answer);
        return new WebLogin(http, String.join("; ", renewed.isEmpty() ? given : renewed));
    }

    <T> ResponseEntity<T> get(String path, Class<T> type) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.COOKIE, cookies);
        return http.exchange(path, HttpMethod.GET, new HttpEntity<>(headers), type);
    }

    private static List<String> cookies(ResponseEntity<?> answer) {
        return Objects.requireNonNullElse(answer.getHeaders().get(HttpHeaders.SET_COOKIE), List.<String>of()).stream()
                .map(cookie -> cookie.substring(0, (cookie + ";").indexOf(';')))
                .toList();
    }
}
