package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, from its first table to the death of one of them. */
class TwoNodesIT {

    private static final String STEP = "install-primary InstallControlPlane";
    private static final Duration PROMISED = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final KillSwitch kill = new KillSwitch();
    private final Ground ground = new Ground(kill, 2, false);
    private final List<Node> nodes = new ArrayList<>();
    private final Postgres postgres = Postgres.start();

    @BeforeEach
    void start() {
        List<String> arguments = new ArrayList<>(ground.arguments(folder));
        arguments.addAll(postgres.arguments());
        arguments.add("--meshspan.node.take-over=6s");
        Stream.of("node1", "node2").forEach(name -> nodes.add(Node.start(name, kill, folder, arguments)));
    }

    @Test
    void shouldFinishAChangeWithinThePromisedTimeWhenTheNodeThatWorksOnItIsKilled() throws IOException {
        // given
        nodes.forEach(Node::ready);
        CompletableFuture<String> killed = new CompletableFuture<>();
        kill.arm(new KillPoint(STEP, 10), Moment.INSIDE, name -> {
            named(name).kill();
            killed.complete(name);
        });

        // when
        CompletableFuture<Void> takenOver = killed.thenAcceptAsync(dead -> await("another node takes the step over")
                .atMost(PROMISED)
                .until(() ->
                        kill.lastNode(STEP).filter(name -> !name.equals(dead)).isPresent()));
        Kept kept = Kept.of(
                new Carried(this::living, "multi-primary-multi-network", "two nodes", ground.clusters()).toItsEnd());

        // then
        assertThat(takenOver).isCompleted();
        assertThat(kept.outcome()).isEqualTo("Mesh verified");
        assertThat(kept.problems()).isEmpty();
        assertThat(postgres.migrations()).isNotEmpty().allMatch(applied -> applied);
        assertThatThrownBy(() -> postgres.execute("update MESHSPAN_AUDIT set RESULT = 'CREATED'"))
                .hasMessageContaining("never altered");
        assertThat(logs()).noneMatch(line -> line.contains(" ERROR "));
    }

    private Node named(String name) {
        return nodes.stream().filter(node -> node.is(name)).findFirst().orElseThrow();
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
        ground.close();
        kill.close();
    }
}
