package io.meshspan;

import io.meshspan.cli.MeshspanCommand;
import io.meshspan.evidence.VerifyEvidence;
import io.meshspan.start.StartupExitCode;
import io.meshspan.trust.CreateTrust;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service: engine, web applications and REST in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class MeshspanApplication {

    /** Systems that stop services give them a moment longer than that, and it is what docs/runbook.md says. */
    private static final int SECONDS_TO_END = 14;

    /** The exit code of a process that ended by SIGTERM. */
    private static final int TERMINATED = 143;

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(VerifyEvidence.COMMAND)) {
            System.exit(VerifyEvidence.run(Arrays.asList(args).subList(1, args.length), System.out));
        }
        if (args.length > 0 && args[0].equals(CreateTrust.COMMAND)) {
            System.exit(CreateTrust.run(Arrays.asList(args).subList(1, args.length), System.getenv(), System.out));
        }
        if (args.length > 0 && args[0].equals(MeshspanCommand.COMMAND)) {
            System.exit(MeshspanCommand.run(Arrays.asList(args).subList(1, args.length)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(MeshspanApplication::endInTime, "end-in-time"));
        try {
            SpringApplication.run(MeshspanApplication.class, args);
        } catch (RuntimeException told) {
            System.exit(StartupExitCode.of(told));
        }
    }

    /**
     * What hangs in a call to a database that is silent cannot be ended from outside, and would keep the process for
     * minutes. It is made to be killed at any moment: the next start takes up what was under way.
     */
    private static void endInTime() {
        CompletableFuture.delayedExecutor(SECONDS_TO_END, TimeUnit.SECONDS, Runnable::run)
                .execute(() -> Runtime.getRuntime().halt(TERMINATED));
    }
}
