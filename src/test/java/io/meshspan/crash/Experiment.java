package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import io.meshspan.service.Changes;
import io.meshspan.service.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** The same change again and again on clusters as new: first undisturbed, then killed at one point each time. */
final class Experiment implements AutoCloseable {

    private static final Set<String> ONE_NETWORK = Set.of("multi-primary", "primary-remote");

    private final KillSwitch kill = new KillSwitch();
    private final String process;
    private final Ground ground;
    private final Database database;
    private final Node node;
    private final Run undisturbed;
    private final List<KillPoint> points;
    private int runs;

    /** @param folder where the processes keep what they must not lose, and write their log */
    Experiment(String database, String process, Path folder) {
        this.process = process;
        this.ground = new Ground(kill, 2, ONE_NETWORK.contains(process));
        this.database = Database.named(database, folder);
        List<String> arguments = new ArrayList<>(ground.arguments(folder));
        arguments.addAll(this.database.arguments());
        this.node = kill.start("node", folder, arguments).ready();
        this.undisturbed = run();
        this.points = kill.points();
    }

    /** Every step of the change, in the order in which they began. */
    List<KillPoint> points() {
        return points;
    }

    KillPoint point(String step) {
        return points.stream()
                .filter(each -> each.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    /** What is not as in the undisturbed run; empty if everything is. */
    List<String> killed(KillPoint point, Moment moment) {
        kill.arm(point, moment, name -> node.kill());
        try {
            Run run = run();
            return kill.used() ? differences(point, moment, run) : List.of("the moment did not come");
        } catch (AssertionError | ConditionTimeoutException e) {
            return List.of(String.valueOf(e.getMessage()));
        } finally {
            kill.forget();
        }
    }

    private List<String> differences(KillPoint point, Moment moment, Run run) {
        boolean watching = moment == Moment.COMMITTED && point.step().contains("WatchCondition");
        return undisturbed.differences(
                watching ? new Run(run.kept.lessTheWatchBegunAgain(undisturbed.kept), run.state) : run);
    }

    private Run run() {
        ground.clear();
        String reason = "run " + ++runs;
        Kept kept = ground.carry(this::living, process, reason);
        await("the clusters are free").atMost(Duration.ofSeconds(30)).until(() -> ground.free());
        return new Run(kept, ground.state());
    }

    private Changes living() {
        if (!node.alive()) {
            node.restart();
        }
        return node.changes();
    }

    /** What is left of a run. */
    private record Run(Kept kept, EndState state) {

        List<String> differences(Run other) {
            List<String> differences = new ArrayList<>(kept.differences(other.kept));
            differences.addAll(state.differences(other.state));
            return differences;
        }
    }

    @Override
    public void close() throws IOException {
        node.kill();
        database.close();
        ground.close();
        kill.close();
    }
}
