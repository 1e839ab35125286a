package io.meshspan.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A browser without pages: keeps cookies and goes where it is sent, and tells by which addresses it went. */
final class FollowedLinks {

    private final URI site;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final List<URI> visited = new ArrayList<>();

    FollowedLinks(URI site) {
        this.site = site;
    }

    /** One request, wherever it leads. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(site.resolve(path)).header("Accept", "*/*"));
    }

    HttpResponse<String> post(String path) {
        return send(HttpRequest.newBuilder(site.resolve(path))
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN").orElse("none"))
                .POST(BodyPublishers.noBody()));
    }

    /** As far as redirects lead. */
    HttpResponse<String> follow(String path) {
        visited.clear();
        HttpResponse<String> answer = get(path);
        for (int hops = 0; hops < 10 && answer.statusCode() / 100 == 3; hops++) {
            URI next =
                    answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
            visited.add(next);
            answer = get(next.toString());
        }
        return answer;
    }

    /** Where the redirects of the last one led, in order. */
    List<URI> visited() {
        return List.copyOf(visited);
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    void setSession(String value) {
        HttpCookie planted = new HttpCookie("JSESSIONID", value);
        planted.setPath("/");
        planted.setHttpOnly(true);
        cookies.getCookieStore().add(site, planted);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
