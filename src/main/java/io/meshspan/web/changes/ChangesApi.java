package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.Submitted;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes for pipelines, as in {@code /api/openapi.yaml}; with user and password, never with a cookie. */
@RestController
@RequestMapping(path = "/api/changes", produces = MediaType.APPLICATION_JSON_VALUE)
class ChangesApi {

    private static final String APPROVED = "approved";
    private static final String PLAN_DIGEST = "planDigest";
    private static final String DECISION = "decision";
    private static final String COMMENT = "comment";

    private final ChangeStart start;
    private final ChangeReads changes;
    private final RunningChange running;
    private final Decisions decisions;
    private final Retries retries;

    ChangesApi(ChangeStart start, ChangeReads changes, RunningChange running, Decisions decisions, Retries retries) {
        this.start = start;
        this.changes = changes;
        this.running = running;
        this.decisions = decisions;
        this.retries = retries;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> start(Reader reader, @RequestBody ObjectNode body) {
        String id = start.start(body);
        return ResponseEntity.created(URI.create("/api/changes/" + id)).body(Map.of("id", id));
    }

    @GetMapping
    List<ChangeWithState> list(Reader reader, ChangeFilter filter) {
        return changes.list(filter, reader);
    }

    @GetMapping("/{id}")
    ChangeView change(Reader reader, @PathVariable String id) {
        return changes.view(id, reader);
    }

    @GetMapping("/{id}/now")
    List<CurrentActivity> now(Reader reader, @PathVariable String id) {
        return running.now(changes.summary(id).id());
    }

    /** Newest first. A change whose plan drifted while it waited has several. */
    @GetMapping("/{id}/plans")
    List<RecordView> plans(Reader reader, @PathVariable String id) {
        return changes.records(id, RecordKind.PLANNED);
    }

    @PostMapping(path = "/{id}/approval", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> approve(Reader reader, @PathVariable String id, @RequestBody ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        boolean approved = submitted.neededFlag(APPROVED);
        String digest = approved
                ? submitted.needed(PLAN_DIGEST, "the digest of the plan that you approve, as plans tells it")
                : submitted.text(PLAN_DIGEST).text();
        String comment = submitted.remark(COMMENT).text();
        submitted.refuseUnlessFine(Set.of(APPROVED, PLAN_DIGEST, COMMENT));
        decisions.approve(changes.summary(id).id(), reader.id(), digest, Map.of(APPROVED, approved, COMMENT, comment));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/{id}/decisions/{task}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> decide(
            Reader reader, @PathVariable String id, @PathVariable String task, @RequestBody ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        submitted.remark(COMMENT);
        submitted.refuseUnlessFine(Set.of(DECISION, COMMENT));
        decisions.decide(changes.summary(id).id(), task, reader.id(), fields(body));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/retries/{job}")
    ResponseEntity<Void> retry(Reader reader, @PathVariable String id, @PathVariable String job) {
        retries.retry(changes.summary(id).id(), job);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/retries/{job}/decision")
    ResponseEntity<Void> ask(Reader reader, @PathVariable String id, @PathVariable String job) {
        retries.ask(changes.summary(id).id(), job);
        return ResponseEntity.noContent().build();
    }

    /** Unconverted: the form defines what is valid. */
    private static Map<String, Object> fields(ObjectNode body) {
        Map<String, Object> fields = new HashMap<>();
        body.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        return fields;
    }

    private static Object value(JsonNode given) {
        return switch (given.getNodeType()) {
            case STRING -> given.asText();
            case BOOLEAN -> given.asBoolean();
            case NUMBER ->
                given.canConvertToLong() && given.isIntegralNumber() ? (Object) given.asLong() : given.asDouble();
            default -> SpinValues.jsonValue(given.toString()).create();
        };
    }
}
