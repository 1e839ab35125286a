package io.meshspan.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code meshspan approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approves or rejects the plan of a change of another requester.")
final class ApproveCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The change.")
    private String id = "";

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description = "The digest of the plan that you read, from the command status; required to approve.")
    private @Nullable String digest;

    @Option(names = "--reject", description = "Rejects it; needs --comment.")
    private boolean reject;

    @Option(
            names = {"-c", "--comment"},
            paramLabel = "TEXT",
            description = "Why.")
    private @Nullable String comment;

    ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("approved", !reject);
        if (digest != null) {
            body.put("planDigest", digest);
        }
        if (comment != null) {
            body.put("comment", comment);
        }
        session.service().post("/changes/%s/approval".formatted(ServiceClient.segment(id)), body, Map.of());
        session.told(reject ? "Rejected." : "Approved.");
        return CommandOutcome.DONE.code();
    }
}
