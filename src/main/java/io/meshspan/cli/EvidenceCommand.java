package io.meshspan.cli;

import io.meshspan.evidence.VerifyEvidence;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands {@code meshspan evidence get} and {@code meshspan evidence verify}. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        description = "Fetches and verifies what proves how a change went.")
final class EvidenceCommand implements Runnable {

    private final Session session;

    EvidenceCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new CommandFailed(CommandOutcome.MISUSED, "evidence: expected get or verify.");
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Prints the evidence of a change.")
    int get(@Parameters(paramLabel = "ID", description = "The change.") String id) {
        session.out().print(session.service().text("/changes/%s/evidence".formatted(ServiceClient.segment(id))));
        return CommandOutcome.DONE.code();
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Ends with 0 if the file is genuine, 1 if it is not, 2 if it cannot be read; needs no service.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "What evidence get printed.") String file,
            @Option(
                            names = "--key",
                            paramLabel = "CERTIFICATE",
                            description = "The certificate that it must be signed with.")
                    @Nullable
                    String key) {
        List<String> arguments = new ArrayList<>(List.of(file));
        if (key != null) {
            arguments.addAll(List.of("--key", key));
        }
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code;
        try (PrintStream print = new PrintStream(told, false, StandardCharsets.UTF_8)) {
            code = VerifyEvidence.run(arguments, print);
        }
        session.out().print(told.toString(StandardCharsets.UTF_8));
        return code;
    }
}
