package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a step: the process ends soon, and the next one carries the change to its end. */
@Tag("slow")
class TerminationIT {

    private static final String STEP = "install-primary InstallControlPlane";
    private static final Duration PROMISED = Duration.ofSeconds(15);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndWithinThePromisedTimeAndLoseNothing() throws IOException {
        try (KillSwitch kill = new KillSwitch();
                CrashGround crashGround = new CrashGround(kill, 2, false)) {
            // given
            List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
            arguments.addAll(new H2File(folder).arguments());
            ServiceNode serviceNode = kill.start("node", folder, arguments).ready();
            CompletableFuture<Boolean> ended = new CompletableFuture<>();

            // when
            kill.arm(new KillPoint(STEP, 10), Moment.INSIDE, name -> {
                serviceNode.terminate();
                ended.completeAsync(() -> serviceNode.ended(PROMISED));
            });
            Kept kept = crashGround.carry(() -> living(serviceNode), "multi-primary-multi-network", "stop");
            serviceNode.kill();

            // then
            assertThat(ended.join()).isTrue();
            assertThat(kept.outcome()).isEqualTo("Mesh verified");
            assertThat(kept.problems()).isEmpty();
        }
    }

    private static ServiceChanges living(ServiceNode serviceNode) {
        if (!serviceNode.alive()) {
            serviceNode.restart();
        }
        return serviceNode.changes();
    }
}
