package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a request for a change. */
final class RequestOptions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 3;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The mesh file.")
    private @Nullable Path file;

    @Option(
            names = {"-p", "--process"},
            paramLabel = "KEY",
            defaultValue = "install-mesh",
            description = "The process; install-mesh if absent, which accepts any mesh file.")
    private String process = "install-mesh";

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "Why, for whoever approves.")
    private @Nullable String reason;

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            description = "Another field of the process, for example mesh=mesh1 or takeOut=cluster3; may be repeated.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description = "The same request with the same key starts nothing twice within a day; a new one if absent.")
    private String key = UUID.randomUUID().toString();

    /** @return the ID of the change */
    String start(ServiceClient service, boolean planOnly) {
        ObjectNode body = JSON.createObjectNode().put("process", process);
        if (planOnly) {
            body.put("planOnly", true);
        }
        if (file != null) {
            body.put("meshFile", ClientSettings.read(file));
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        fields.forEach((name, value) -> body.set(name, value(value)));
        return started(service, body, 1);
    }

    /** A flag is a Boolean; every other value is a text. */
    private static JsonNode value(String value) {
        return value.equals("true") || value.equals("false")
                ? JSON.getNodeFactory().booleanNode(Boolean.parseBoolean(value))
                : JSON.getNodeFactory().textNode(value);
    }

    /** With the key, a lost answer does not start the change twice. */
    private String started(ServiceClient service, ObjectNode body, int attempt) {
        try {
            return service.post("/changes", body, Map.of("Idempotency-Key", key))
                    .path("id")
                    .asText();
        } catch (CommandFailed lost) {
            if (lost.outcome() != CommandOutcome.UNREACHABLE || attempt == ATTEMPTS) {
                throw lost;
            }
            return started(service, body, attempt + 1);
        }
    }
}
