package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, started at the same time on no tables at all. */
@Tag("slow")
class TwoNodesIT {

    private static final String ASKED_FOR = "meshspan.crash.databases";
    private static final String WHY_NOT = "takes minutes; asked for by -Dmeshspan.crash.databases=postgresql";

    private static final String INSTALLATION = "install-primary InstallControlPlane";
    private static final String WATCH = "await-condition WatchCondition gateway-address";
    private static final String CALLS = "call-helloworld StartCalls";
    private static final Duration SCHEDULED = Duration.ofMinutes(10);
    private static final Duration PROMISED = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final KillSwitch kill = new KillSwitch();
    private final Postgres postgres = Postgres.start();
    private final List<CrashGround> grounds = new ArrayList<>();
    private final List<ServiceNode> nodes = new ArrayList<>();

    @Test
    void shouldFinishAChangeWithinThePromisedTimeWhenTheNodeThatWorksOnItIsKilled() throws IOException {
        // given
        CrashGround crashGround = start(2);
        CompletableFuture<Void> takenOver = killAt(new KillPoint(INSTALLATION, 10), Moment.INSIDE);

        // when
        Kept kept = change(crashGround);

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
        CrashGround crashGround = start(2);
        crashGround.delayAddresses(Duration.ofSeconds(5));
        CompletableFuture<Void> takenOver = killAt(new KillPoint(WATCH, 0), Moment.COMMITTED);

        // when
        Kept kept = change(crashGround);

        // then
        assertThat(takenOver).isCompleted();
        assertThat(kept.outcome()).isEqualTo("Mesh verified");
    }

    @Test
    @EnabledIfSystemProperty(named = ASKED_FOR, matches = ".*postgresql.*", disabledReason = WHY_NOT)
    void shouldMakeTheCallsOfANodeAgainThatIsKilledWhileItMakesThem() {
        // given
        CrashGround crashGround = start(2);
        CompletableFuture<Void> takenOver = killAt(new KillPoint(CALLS, 4), Moment.GOING_ON);

        // when
        Kept kept = change(crashGround);

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

    @Test
    void shouldFinishALaterChangeOnTheOtherNodeWhenOneIsKilledInTheMidstOfIt() {
        // given
        CrashGround crashGround = start(2);
        crashGround.carry(
                this::living,
                Carried.installation("multi-primary-multi-network", CrashGround.OLDER_VERSION, crashGround.clusters()),
                "the mesh");
        crashGround.use();

        Map.of("rotate-root", "apply-root-phase ReplaceCacerts", "upgrade-mesh", "move-wave RestartWorkload")
                .forEach((process, step) -> {
                    CompletableFuture<Void> takenOver = killAt(new KillPoint(step, 2), Moment.INSIDE);

                    // when
                    Kept kept = crashGround.carry(
                            this::living,
                            CrashScenario.parse(process).request(crashGround.clusters()),
                            "two nodes, " + process);

                    // then
                    assertThat(takenOver).as(step).isCompleted();
                    assertThat(kept.outcome()).isEqualTo("Mesh verified");
                    assertThat(kept.problems()).isEmpty();
                    nodes.stream().filter(node -> !node.alive()).forEach(ServiceNode::restart);
                });
    }

    @Test
    void shouldBeginOnceWhatTheScheduleBegins() {
        // given
        CrashGround crashGround = start(
                2,
                "--meshspan.trust.intermediate-validity=20d",
                "--meshspan.expiry.cron=*/5 * * * * *",
                "--meshspan.token-renewal.cron=*/2 * * * * *",
                "--meshspan.token-renewal.lifetime-left=90",
                "--meshspan.drift.cron=*/20 * * * * *",
                "--meshspan.verify.cron=0 */2 * * * *");
        crashGround.longestTokens(Duration.ofMinutes(10));
        Map<String, Object> request = new HashMap<>(
                Carried.installation("multi-primary-multi-network", CrashGround.VERSION, crashGround.clusters()));
        request.put("tokenExpiration", "12h");
        crashGround.carry(this::living, request, "two nodes");
        crashGround.longestTokens(Duration.ofHours(12));

        // when
        crashGround.drift();

        // then
        await().atMost(SCHEDULED).until(() -> begun("check-drift").size() == 1);
        await().atMost(SCHEDULED).until(() -> verified().size() >= 2);
        assertThat(begun("check-drift"))
                .as("one question, however often it is asked")
                .hasSize(1);
        assertThat(begun("renew-credentials")).as("of the intermediates").hasSize(1);
        assertThat(begun("renew-remote-tokens")).as("a minute after the tokens").hasSize(1);
        assertThat(verified()).as("once each time").doesNotHaveDuplicates();
    }

    /** The minutes in which a verification began. */
    private List<String> verified() {
        return begun("verify-on-schedule").stream()
                .map(change -> change.path("started").asText().substring(0, "2026-11-30T04:00".length()))
                .toList();
    }

    private List<JsonNode> begun(String process) {
        return living().of(process);
    }

    private CrashGround start(int clusters, String... more) {
        CrashGround crashGround = new CrashGround(kill, clusters, false);
        grounds.add(crashGround);
        List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
        arguments.addAll(List.of(more));
        arguments.addAll(postgres.arguments());
        arguments.add("--meshspan.node.take-over=6s");
        Stream.of("node1", "node2").forEach(name -> nodes.add(kill.start(name, folder, arguments)));
        nodes.forEach(ServiceNode::ready);
        return crashGround;
    }

    /** @return completes when the other node has begun the same step, within the promised time */
    private CompletableFuture<Void> killAt(KillPoint point, Moment moment) {
        CompletableFuture<String> killed = new CompletableFuture<>();
        kill.arm(point, moment, name -> {
            nodes.stream().filter(node -> node.is(name)).forEach(ServiceNode::kill);
            killed.complete(name);
        });
        return killed.thenAcceptAsync(dead -> await("the other node takes over")
                .atMost(PROMISED)
                .until(() -> kill.lastNode(point.step())
                        .filter(name -> !name.equals(dead))
                        .isPresent()));
    }

    private Kept change(CrashGround crashGround) {
        return crashGround.carry(this::living, "multi-primary-multi-network", "two nodes");
    }

    private ServiceChanges living() {
        return nodes.stream()
                .filter(ServiceNode::alive)
                .findFirst()
                .map(ServiceNode::changes)
                .orElseThrow();
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
        nodes.forEach(ServiceNode::kill);
        postgres.close();
        grounds.forEach(CrashGround::close);
        kill.close();
    }
}
