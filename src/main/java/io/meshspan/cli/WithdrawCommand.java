package io.meshspan.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code meshspan withdraw}. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "Ends a change of your own that waits for an approval and has written nothing.")
final class WithdrawCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The change.")
    private String id = "";

    @Option(
            names = {"-c", "--comment"},
            paramLabel = "TEXT",
            description = "Why.")
    private @Nullable String comment;

    WithdrawCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (comment != null) {
            body.put("comment", comment);
        }
        session.service().post("/changes/%s/withdrawal".formatted(ServiceClient.segment(id)), body, Map.of());
        session.told("Withdrawn.");
        return CommandOutcome.DONE.code();
    }
}
