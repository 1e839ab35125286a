package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code meshspan plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows what a change would do. Nobody is asked, and no cluster is changed.")
final class PlanCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--timeout",
            defaultValue = "15m",
            description = "For how long to wait, for example 90s; 15m if absent.")
    private String limit = "15m";

    @Option(names = "--detailed-exitcode", description = "Ends with 10 if there is something to change, with 0 if not.")
    private boolean detailed;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        FollowedChange.requireTime(limit);
        ServiceClient service = session.service();
        String id = request.start(service, true);
        JsonNode view = new FollowedChange(session, service, id).end(limit);
        if (FollowedChange.outcome(view) != CommandOutcome.DONE) {
            session.told(failures(view));
            return CommandOutcome.ENDED_OTHERWISE.code();
        }
        JsonNode plan = service.get("/changes/%s/plans?limit=1".formatted(ServiceClient.segment(id)))
                .at("/items/0/data");
        if (output.format() == Session.Format.JSON) {
            session.json(plan);
        } else {
            session.out().println(plan.path("text").asText());
            session.out().println(plan.path("summary").asText());
        }
        return detailed && changes(plan) ? CommandOutcome.CHANGES_PLANNED.code() : CommandOutcome.DONE.code();
    }

    private static boolean changes(JsonNode plan) {
        return Stream.of("create", "change", "delete")
                .anyMatch(count -> plan.path("counts").path(count).asLong() > 0);
    }

    private static String failures(JsonNode view) {
        return StreamSupport.stream(view.path("records").spliterator(), false)
                .filter(record -> record.path("kind").asText().equals("FAILED"))
                .map(record -> "%s: %s"
                        .formatted(
                                record.path("step").asText(),
                                record.path("detail").asText()))
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
