package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.identity.TaskQuestion;
import io.meshspan.engine.model.Submitted;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Changes for pipelines, as {@code /api/v1/openapi.yaml} describes them; by user and password, never by a cookie. The
 * addresses without a version are those of the first release, which had lists without parts.
 */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
class ChangesApi {

    private static final String APPROVED = "approved";
    private static final String PLAN_DIGEST = "planDigest";
    private static final String TASK = "task";
    private static final String COMMENT = "comment";

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    private final ChangeStart start;
    private final IdempotencyKeys keys;
    private final ChangeQueries changes;
    private final ChangeWatch watch;
    private final RunningChange running;
    private final Decisions decisions;
    private final Retries retries;

    ChangesApi(
            ChangeStart start,
            IdempotencyKeys keys,
            ChangeQueries changes,
            ChangeWatch watch,
            RunningChange running,
            Decisions decisions,
            Retries retries) {
        this.start = start;
        this.keys = keys;
        this.changes = changes;
        this.watch = watch;
        this.running = running;
        this.decisions = decisions;
        this.retries = retries;
    }

    @PostMapping(
            path = {"/v1/changes", "/changes"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> start(
            Reader reader,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body,
            HttpServletRequest request) {
        IdempotencyKeys.Outcome started = keys.once(reader, key, body.toString(), () -> start.start(body));
        return ResponseEntity.created(URI.create(request.getRequestURI() + "/" + started.change()))
                .header(REPLAYED, String.valueOf(started.replayed()))
                .body(Map.of("id", started.change()));
    }

    @GetMapping("/changes")
    List<ChangeWithState> list(Reader reader, ChangeFilter filter) {
        return changes.list(filter, reader);
    }

    @GetMapping("/v1/changes")
    Page<ChangeWithState> page(
            Reader reader,
            ChangeFilter filter,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return changes.page(filter, Page.Asked.of(limit, cursor), reader);
    }

    @GetMapping("/changes/{id}")
    ChangeView change(Reader reader, @PathVariable String id) {
        return changes.view(id, reader);
    }

    /** Answers at once, or when the change has another state than the one that the client knows. */
    @GetMapping("/v1/changes/{id}")
    DeferredResult<ResponseEntity<ChangeView>> change(
            Reader reader,
            @PathVariable String id,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return watch.view(id, reader, wait, known);
    }

    @GetMapping({"/v1/changes/{id}/now", "/changes/{id}/now"})
    List<CurrentActivity> now(Reader reader, @PathVariable String id) {
        return running.now(changes.summary(id).id());
    }

    /** The newest plan first; a change that moved while it waited has several. */
    @GetMapping("/changes/{id}/plans")
    List<RecordView> plans(Reader reader, @PathVariable String id) {
        return changes.records(id, RecordKind.PLANNED);
    }

    @GetMapping("/v1/changes/{id}/plans")
    Page<RecordView> plans(
            Reader reader,
            @PathVariable String id,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return Page.of(
                changes.records(id, RecordKind.PLANNED),
                Page.Asked.of(limit, cursor),
                plan -> String.valueOf(plan.seq()));
    }

    @PostMapping(
            path = {"/v1/changes/{id}/approval", "/changes/{id}/approval"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> approve(
            Reader reader,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        boolean approved = submitted.neededFlag(APPROVED);
        String digest = approved
                ? submitted.needed(PLAN_DIGEST, "the digest of the plan that you approve, from plans")
                : submitted.text(PLAN_DIGEST).text();
        String comment = submitted.remark(COMMENT).text();
        String task = submitted.text(TASK).text();
        submitted.refuseUnlessFine(Set.of(APPROVED, PLAN_DIGEST, TASK, COMMENT));
        Map<String, Object> fields = Map.of(APPROVED, approved, COMMENT, comment);
        return once(
                reader,
                id,
                key,
                "approval " + body,
                change -> decisions.approve(change, task, reader.id(), digest, fields));
    }

    /** As its requester, and before anything is written. */
    @PostMapping(path = "/v1/changes/{id}/withdrawal", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> withdraw(
            Reader reader,
            @PathVariable String id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        String comment = Decisions.onlyComment(body);
        return once(reader, id, key, "withdrawal " + body, change -> decisions.withdraw(change, comment));
    }

    @PostMapping(
            path = {"/v1/changes/{id}/decisions/{task}", "/changes/{id}/decisions/{task}"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> decide(
            Reader reader,
            @PathVariable String id,
            @PathVariable String task,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestBody ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        submitted.remark(COMMENT);
        return once(reader, id, key, "decision " + task + " " + body, change -> {
            submitted.refuseUnlessFine(decisions.question(change, task).names());
            decisions.decide(change, task, reader.id(), fields(body));
        });
    }

    /** What is asked in a task, with what each field offers. */
    @GetMapping("/v1/changes/{id}/decisions/{task}")
    TaskQuestion question(Reader reader, @PathVariable String id, @PathVariable String task) {
        return decisions.question(changes.summary(id).id(), task);
    }

    @PostMapping({"/v1/changes/{id}/retries/{job}", "/changes/{id}/retries/{job}"})
    ResponseEntity<Void> retry(
            Reader reader,
            @PathVariable String id,
            @PathVariable String job,
            @RequestHeader(name = KEY, required = false) @Nullable String key) {
        return once(reader, id, key, "retry " + job, change -> retries.retry(change, job));
    }

    @PostMapping({"/v1/changes/{id}/retries/{job}/decision", "/changes/{id}/retries/{job}/decision"})
    ResponseEntity<Void> ask(
            Reader reader,
            @PathVariable String id,
            @PathVariable String job,
            @RequestHeader(name = KEY, required = false) @Nullable String key) {
        return once(reader, id, key, "ask " + job, change -> retries.ask(change, job));
    }

    /** With a key, the same request again decides nothing twice. */
    private ResponseEntity<Void> once(
            Reader reader, String id, @Nullable String key, String request, Consumer<String> decision) {
        String change = changes.summary(id).id();
        IdempotencyKeys.Outcome done = keys.once(reader, key, change + " " + request, () -> {
            decision.accept(change);
            return change;
        });
        return ResponseEntity.noContent()
                .header(REPLAYED, String.valueOf(done.replayed()))
                .build();
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
