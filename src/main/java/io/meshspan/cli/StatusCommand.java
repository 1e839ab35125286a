package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code meshspan status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how a change stands, or lists the newest changes.")
final class StatusCommand implements Callable<Integer> {

    /** By far the most changes, which nobody asked for; the last one of a mesh is shown with it. */
    private static final String SCHEDULED = "verify-on-schedule";

    private final Session session;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The change; the list if absent.")
    private @Nullable String id;

    @Option(
            names = {"-w", "--wait"},
            description = "Waits for the end of the change, and ends with 0 only if it ended well.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "2h",
            description = "For how long to wait, for example 30m; 2h if absent.")
    private String limit = "2h";

    @Option(
            names = "--mesh",
            paramLabel = "ID",
            description = "Lists the changes of this mesh, and its last verification.")
    private @Nullable String mesh;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Lists those in this state, for example WAITING_FOR_APPROVAL.")
    private @Nullable String state;

    @Option(
            names = {"-p", "--process"},
            paramLabel = "PROCESS",
            description = "Lists those of this process; verify-on-schedule, which is left out otherwise, too.")
    private @Nullable String process;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many to list; 20 if absent.")
    private int most = 20;

    @Mixin
    private OutputOption output = new OutputOption();

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        FollowedChange.requireTime(limit);
        ServiceClient service = session.service();
        if (id == null) {
            return list(service);
        }
        FollowedChange change = new FollowedChange(session, service, id);
        if (wait) {
            return waitFor(session, change, limit, output.format());
        }
        print(session, change.now(), output.format());
        return CommandOutcome.DONE.code();
    }

    private int list(ServiceClient service) {
        Map<String, String> query = new LinkedHashMap<>(Map.of("limit", String.valueOf(most)));
        if (mesh != null) {
            query.put("mesh", mesh);
        }
        if (state != null) {
            query.put("state", state);
        }
        query.put(process == null ? "exceptProcess" : "process", process == null ? SCHEDULED : process);
        JsonNode page = service.get("/changes?"
                + query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + ServiceClient.segment(entry.getValue()))
                        .collect(Collectors.joining("&")));
        if (output.format() == Session.Format.JSON) {
            session.json(page.path("items"));
            return CommandOutcome.DONE.code();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CHANGE", "MESH", "PROCESS", "STATE", "REQUESTER", "STARTED"));
        page.path("items")
                .forEach(change -> rows.add(List.of(
                        change.path("id").asText(),
                        change.path("mesh").asText(),
                        change.path("process").asText(),
                        change.path("state").asText(),
                        change.path("requester").asText("-"),
                        change.path("started").asText())));
        session.table(rows);
        if (mesh != null) {
            lastVerification(service, mesh);
        }
        return CommandOutcome.DONE.code();
    }

    /** A mesh that was never declared has none. */
    private void lastVerification(ServiceClient service, String of) {
        JsonNode page;
        try {
            page = service.get("/meshes/%s/verifications?limit=1".formatted(ServiceClient.segment(of)));
        } catch (CommandFailed e) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("LAST VERIFICATION", "RESULT", "CALLS", "UNANSWERED", "WHY"));
        page.path("items")
                .forEach(run -> rows.add(List.of(
                        run.path("at").asText(),
                        run.path("result").asText(),
                        run.path("calls").asText(),
                        run.path("failedCalls").asText(),
                        run.path("reason").asText("-").lines().findFirst().orElse("-"))));
        if (rows.size() > 1) {
            session.table(rows);
        }
    }

    static int waitFor(Session session, FollowedChange change, String limit, Session.Format format) {
        JsonNode end = change.end(limit);
        print(session, end, format);
        return FollowedChange.outcome(end).code();
    }

    private static void print(Session session, JsonNode view, Session.Format format) {
        JsonNode change = view.path("change");
        List<JsonNode> plans = StreamSupport.stream(view.path("records").spliterator(), false)
                .filter(record -> record.path("kind").asText().equals("PLANNED"))
                .toList();
        if (format == Session.Format.JSON) {
            ObjectNode shown = change.deepCopy();
            ArrayNode list = shown.putArray("plans");
            plans.forEach(plan -> list.addObject()
                    .put("digest", plan.at("/data/digest").asText())
                    .put("summary", plan.path("detail").asText()));
            session.json(shown);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (String field :
                List.of("id", "mesh", "process", "state", "stateText", "stateDetail", "requester", "reason")) {
            rows.add(List.of(field, change.path(field).asText("")));
        }
        plans.forEach(plan -> rows.add(List.of(
                "plan",
                plan.at("/data/digest").asText() + "  " + plan.path("detail").asText())));
        session.table(rows);
    }
}
