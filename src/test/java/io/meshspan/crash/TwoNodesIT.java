package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshspan.service.Changes;
import io.meshspan.service.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, started at the same time on no tables at all. */
class TwoNodesIT {

    private static final String ASKED_FOR = "meshspan.crash.databases";
    private static final String WHY_NOT = "takes minutes; asked for by -Dmeshspan.crash.databases=postgresql";

    private static final String INSTALLATION = "install-primary InstallControlPlane";
    private static final String WATCH = "await-condition WatchCondition gateway-address";
    private static final Duration PROMISED = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final KillSwitch kill = new KillSwitch();
    private final Postgres postgres = Postgres.start();
    private final List<Ground> grounds = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    @Test
    void shouldFinishAChangeWithinThePromisedTimeWhenTheNodeThatWorksOnItIsKilled() throws IOException {
        // given
        Ground ground = start(2);
        CompletableFuture<Void> takenOver = killAt(new KillPoint(INSTALLATION, 10), Moment.INSIDE);

        // when
        Kept kept = change(ground);

        // then
        assertThat(takenOver).isCompleted();
        assertThat(kept.outcome()).isEqualTo("Mesh verified");
        assertThat(kept.problems()).isEmpty();
        assertThat(postgres.migrations()).isNotEmpty().allMatch(applied -> applied);
        assertThatThrownBy(() -> postgres.execute("update MESHSPAN_AUDIT set RESULT = 'CREATED'"))
                .hasMessageContaining("never altered");
        assertThat(logs()).noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    @EnabledIfSystemProperty(named = ASKED_FOR, matches = ".*postgresql.*", disabledReason = WHY_NOT)
    void shouldTakeOverTheWatchesOfANodeThatIsKilledWhileItWaits() {
        // given
        Ground ground = start(2);
        ground.delayAddresses(Duration.ofSeconds(5));
        CompletableFuture<Void> takenOver = killAt(new KillPoint(WATCH, 0), Moment.COMMITTED);

        // when
        Kept kept = change(ground);

        // then
        assertThat(takenOver).isCompleted();
        assertThat(kept.outcome()).isEqualTo("Mesh verified");
    }

    @Test
    @EnabledIfSystemProperty(named = ASKED_FOR, matches = ".*postgresql.*", disabledReason = WHY_NOT)
    void shouldShareTheWork() {
        Kept kept = change(start(8));

        assertThat(kept.outcome()).isEqualTo("Mesh verified");
        assertThat(postgres.nodes()).containsExactlyInAnyOrder("node1", "node2");
    }

    private Ground start(int clusters) {
        Ground ground = new Ground(kill, clusters, false);
        grounds.add(ground);
        List<String> arguments = new ArrayList<>(ground.arguments(folder));
        arguments.addAll(postgres.arguments());
        arguments.add("--meshspan.node.take-over=6s");
        Stream.of("node1", "node2").forEach(name -> nodes.add(kill.start(name, folder, arguments)));
        nodes.forEach(Node::ready);
        return ground;
    }

    /** @return completes when the other node has begun the same step, within the promised time */
    private CompletableFuture<Void> killAt(KillPoint point, Moment moment) {
        CompletableFuture<String> killed = new CompletableFuture<>();
        kill.arm(point, moment, name -> {
            nodes.stream().filter(node -> node.is(name)).forEach(Node::kill);
            killed.complete(name);
        });
        return killed.thenAcceptAsync(dead -> await("the other node takes over")
                .atMost(PROMISED)
                .until(() -> kill.lastNode(point.step())
                        .filter(name -> !name.equals(dead))
                        .isPresent()));
    }

    private Kept change(Ground ground) {
        return ground.carry(this::living, "multi-primary-multi-network", "two nodes");
    }

    private Changes living() {
        return nodes.stream().filter(Node::alive).findFirst().map(Node::changes).orElseThrow();
    }

    private List<String> logs() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("node1", "node2")) {
            lines.addAll(Files.readAllLines(folder.resolve(name + ".log")));
        }
        return lines;
    }

    @AfterEach
    void stop() throws IOException {
        nodes.forEach(Node::kill);
        postgres.close();
        grounds.forEach(Ground::close);
        kill.close();
    }
}
