package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.service.Changes;
import io.meshspan.service.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a step: the process ends soon, and the next one carries the change to its end. */
class TerminationIT {

    private static final String STEP = "install-primary InstallControlPlane";
    private static final Duration PROMISED = Duration.ofSeconds(15);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndWithinThePromisedTimeAndLoseNothing() throws IOException {
        try (KillSwitch kill = new KillSwitch();
                Ground ground = new Ground(kill, 2, false)) {
            // given
            List<String> arguments = new ArrayList<>(ground.arguments(folder));
            arguments.addAll(new H2File(folder).arguments());
            Node node = kill.start("node", folder, arguments).ready();
            CompletableFuture<Boolean> ended = new CompletableFuture<>();

            // when
            kill.arm(new KillPoint(STEP, 10), Moment.INSIDE, name -> {
                node.terminate();
                ended.completeAsync(() -> node.ended(PROMISED));
            });
            Kept kept = ground.carry(() -> living(node), "multi-primary-multi-network", "stop");
            node.kill();

            // then
            assertThat(ended.join()).isTrue();
            assertThat(kept.outcome()).isEqualTo("Mesh verified");
            assertThat(kept.problems()).isEmpty();
        }
    }

    private static Changes living(Node node) {
        if (!node.alive()) {
            node.restart();
        }
        return node.changes();
    }
}
