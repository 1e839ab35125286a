package io.meshspan.sandbox;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP request, taken apart as far as that goes without knowing which kinds are served. */
record ApiRequest(
        String method,
        List<String> path,
        Map<String, List<String>> query,
        String contentType,
        String token,
        String body) {

    static ApiRequest of(RecordedRequest request) {
        String[] parts = request.getPath().split("\\?", 2);
        String body = request.getBody() == null ? null : request.getUtf8Body();
        return new ApiRequest(
                request.getMethod(),
                Arrays.stream(parts[0].split("/", -1))
                        .filter(segment -> !segment.isEmpty())
                        .map(ApiRequest::decoded)
                        .toList(),
                parts.length < 2 ? Map.of() : query(parts[1]),
                header(request, "Content-Type"),
                header(request, "Authorization").replaceFirst("^Bearer ", ""),
                body == null ? "" : body);
    }

    private static String header(RecordedRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> query = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            query.computeIfAbsent(decoded(sides[0]), name -> new ArrayList<>())
                    .add(sides.length < 2 ? "" : decoded(sides[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Nullable
    String parameter(String name) {
        return parameters(name).stream().findFirst().orElse(null);
    }

    List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    boolean dryRun() {
        return parameters("dryRun").contains("All");
    }

    boolean watches() {
        String watch = parameter("watch");
        return "true".equals(watch) || "1".equals(watch);
    }
}
