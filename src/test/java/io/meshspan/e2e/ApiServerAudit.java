package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.kubernetes.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one user did, by an API server's audit log. Its policy must have level Request for that user's reviews of access and
 * Metadata for all else.
 */
record ApiServerAudit(List<JsonNode> events) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVIEWS = "selfsubjectaccessreviews";

    static ApiServerAudit of(Path file, String user) {
        try (Stream<String> lines = Files.lines(file)) {
            return new ApiServerAudit(lines.map(ApiServerAudit::event)
                    .filter(event -> event.at("/user/username").asText().equals(user))
                    .filter(event -> event.has("objectRef"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without its first events. */
    ApiServerAudit after(int first) {
        return new ApiServerAudit(events.subList(first, events.size()));
    }

    /** Each right that a call used. An apply that created its object needed that right too. */
    Stream<Access> used() {
        return events.stream()
                .filter(event -> !forbidden(event))
                .flatMap(event -> event.path("verb").asText().equals("patch")
                                && event.at("/responseStatus/code").asInt() == 201
                        ? Stream.of(access("patch", event), access("create", event))
                        : Stream.of(access(event.path("verb").asText(), event)));
    }

    /** Each right that a call lacked. */
    Stream<Access> lacked() {
        return events.stream()
                .filter(ApiServerAudit::forbidden)
                .map(event -> access(event.path("verb").asText(), event));
    }

    /** Each right that was asked about. */
    Stream<Access> asked() {
        return events.stream()
                .filter(event -> event.at("/objectRef/resource").asText().equals(REVIEWS))
                .map(event -> event.at("/requestObject/spec/resourceAttributes"))
                .map(asked -> new Access(
                        asked.path("verb").asText(),
                        asked.path("group").asText(),
                        resource(asked.path("resource"), asked.path("subresource")),
                        asked.path("namespace").asText()));
    }

    private static boolean forbidden(JsonNode event) {
        return event.at("/annotations/authorization.k8s.io~1decision").asText().equals("forbid");
    }

    private static Access access(String verb, JsonNode event) {
        JsonNode object = event.path("objectRef");
        // the namespace of a Namespace is its own name there
        boolean namespaced = !object.path("resource").asText().equals("namespaces");
        return new Access(
                verb,
                object.path("apiGroup").asText(),
                resource(object.path("resource"), object.path("subresource")),
                namespaced ? object.path("namespace").asText() : "");
    }

    private static String resource(JsonNode resource, JsonNode subresource) {
        return subresource.isMissingNode() ? resource.asText() : resource.asText() + "/" + subresource.asText();
    }

    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
