package io.meshspan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code java -jar meshspan.jar cli ...}, which starts without Spring and needs no database. */
@Command(
        name = "meshspan",
        description = "Plans, requests, approves and follows changes of Istio meshes at a running Meshspan.",
        mixinStandardHelpOptions = true,
        versionProvider = MeshspanCommand.Version.class,
        subcommands = {
            PlanCommand.class,
            ApplyCommand.class,
            ApproveCommand.class,
            DecideCommand.class,
            WithdrawCommand.class,
            StatusCommand.class,
            EvidenceCommand.class
        },
        footerHeading = "%nThe service and the login come from the environment or a configuration file:%n",
        footer = {
            "  MESHSPAN_SERVER          its address; http://127.0.0.1:8080 if absent",
            "  MESHSPAN_USER            who asks",
            "  MESHSPAN_PASSWORD_FILE   a file with the password; or MESHSPAN_PASSWORD",
            "  MESHSPAN_TOKEN_FILE      a file with a bearer token in place of both; or",
            "                           MESHSPAN_TOKEN",
            "  MESHSPAN_CA              certificates in PEM to trust, for a service behind",
            "                           a private CA",
            "  MESHSPAN_CONFIG          the configuration file; ~/.config/meshspan/config",
            "                           if absent. It has the same names in small letters:",
            "                           server=, user=, password-file=, token-file=, ca=,",
            "                           password=, token=. With a secret in it, nobody but",
            "                           its owner may read it.",
            "",
            "Exit codes:",
            "  0  done",
            "  1  failed",
            "  2  misused",
            "  3  the request is refused",
            "  4  not logged in, or not allowed",
            "  5  not found, or not waiting for that",
            "  6  the service does not answer",
            "  7  the change ended otherwise",
            "  8  still running after --timeout",
            "  9  the change waits for a decision",
            " 10  the plan has changes (plan --detailed-exitcode)"
        })
public final class MeshspanCommand {

    public static final String COMMAND = "cli";

    private MeshspanCommand() {}

    /**
     * @param arguments those after {@link #COMMAND}
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        Session session = new Session(environment, out, err);
        CommandLine line = new CommandLine(new MeshspanCommand(), new Commands(session))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> told(failure, err));
        int code = arguments.isEmpty() ? help(line, err) : line.execute(arguments.toArray(String[]::new));
        out.flush();
        err.flush();
        return code;
    }

    /** In UTF-8, whatever the system's default encoding is. */
    public static int run(List<String> arguments) {
        return run(
                arguments,
                System.getenv(),
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    private static int help(CommandLine line, PrintWriter err) {
        line.usage(err);
        return CommandOutcome.MISUSED.code();
    }

    private static int told(Exception failure, PrintWriter err) {
        if (failure instanceof CommandFailed told) {
            err.println(Objects.toString(told.getMessage(), ""));
            return told.outcome().code();
        }
        err.println("Unexpected error: " + failure);
        return CommandOutcome.FAILED.code();
    }

    /** Hands each command its session. */
    private record Commands(Session session) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Session.class).newInstance(session);
            } catch (NoSuchMethodException noCommand) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }

    /** From the manifest of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = MeshspanCommand.class.getPackage().getImplementationVersion();
            return new String[] {"meshspan " + Objects.requireNonNullElse(version, "(not from a jar)")};
        }
    }
}
