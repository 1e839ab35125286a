package io.meshspan;

import io.meshspan.evidence.VerifyEvidence;
import io.meshspan.start.Reason;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service: engine, web applications and REST in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class MeshspanApplication {

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(VerifyEvidence.COMMAND)) {
            System.exit(VerifyEvidence.run(Arrays.asList(args).subList(1, args.length), System.out));
        }
        try {
            SpringApplication.run(MeshspanApplication.class, args);
        } catch (RuntimeException told) {
            System.exit(Reason.of(told));
        }
    }
}
