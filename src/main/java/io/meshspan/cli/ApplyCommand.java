package io.meshspan.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code meshspan apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Requests a change. It begins after someone else has approved its plan.")
final class ApplyCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = {"-w", "--wait"},
            description = "Waits for its end, and ends with 0 only if the mesh was verified, or removed.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "2h",
            description = "For how long to wait, for example 30m; 2h if absent.")
    private String limit = "2h";

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        FollowedChange.requireTime(limit);
        ServiceClient service = session.service();
        String id = request.start(service, false);
        if (!wait) {
            if (output.format() == Session.Format.JSON) {
                session.json(JsonNodeFactory.instance.objectNode().put("id", id));
            } else {
                session.out().println(id);
            }
            return CommandOutcome.DONE.code();
        }
        session.told("Change " + id);
        return StatusCommand.waitFor(session, new FollowedChange(session, service, id), limit, output.format());
    }
}
