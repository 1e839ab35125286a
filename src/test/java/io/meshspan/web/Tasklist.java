package io.meshspan.web;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A browser that logs in to Tasklist; the password is the name, as in the profile demo. */
final class Tasklist {

    private static final String TOKEN = "XSRF-TOKEN";

    private Tasklist() {}

    /** The headers of whoever is logged in. */
    static HttpHeaders session(TestRestTemplate http, String user) {
        ResponseEntity<String> page = http.getForEntity("/camunda/app/tasklist/default/", String.class);
        HttpHeaders headers = withCookies(page);
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));
        MultiValueMap<String, String> login = new LinkedMultiValueMap<>();
        login.add("username", user);
        login.add("password", user);
        return withCookies(http.exchange(
                "/camunda/api/admin/auth/user/default/login/tasklist",
                HttpMethod.POST,
                new HttpEntity<>(login, headers),
                String.class));
    }

    private static HttpHeaders withCookies(ResponseEntity<String> answer) {
        List<String> cookies = answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE).stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .toList();
        HttpHeaders headers = new HttpHeaders();
        headers.add(HttpHeaders.COOKIE, String.join("; ", cookies));
        cookies.stream()
                .filter(cookie -> cookie.startsWith(TOKEN))
                .map(cookie -> cookie.substring(TOKEN.length() + 1))
                .collect(Collectors.toSet())
                .forEach(token -> headers.add("X-XSRF-TOKEN", token));
        return headers;
    }
}
