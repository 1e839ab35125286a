package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** The same change again and again on clusters as new: first undisturbed, then killed at one point each time. */
final class CrashExperiment implements AutoCloseable {

    private static final Set<String> ONE_NETWORK = Set.of("multi-primary", "primary-remote");

    private final KillSwitch kill = new KillSwitch();
    private final String process;
    private final CrashGround crashGround;
    private final CrashDatabase crashDatabase;
    private final ServiceNode serviceNode;
    private final Run undisturbed;
    private final List<KillPoint> points;
    private int runs;

    /** @param folder where the processes keep what they must not lose, and write their log */
    CrashExperiment(String crashDatabase, String process, Path folder) {
        this.process = process;
        this.crashGround = new CrashGround(kill, 2, ONE_NETWORK.contains(process));
        this.crashDatabase = CrashDatabase.named(crashDatabase, folder);
        List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
        arguments.addAll(this.crashDatabase.arguments());
        this.serviceNode = kill.start("node", folder, arguments).ready();
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
        kill.arm(point, moment, name -> serviceNode.kill());
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
        boolean goesOn = (moment == Moment.COMMITTED || moment == Moment.GOING_ON)
                && point.step().matches(".*(WatchCondition|StartCalls).*");
        return undisturbed.differences(
                goesOn ? new Run(run.kept.lessWhatWasBegunAgain(undisturbed.kept), run.state) : run);
    }

    private Run run() {
        crashGround.clear();
        String reason = "run " + ++runs;
        Kept kept = crashGround.carry(this::living, process, reason);
        await("the clusters are free").atMost(Duration.ofSeconds(30)).until(() -> crashGround.free());
        return new Run(kept, crashGround.state());
    }

    private ServiceChanges living() {
        if (!serviceNode.alive()) {
            serviceNode.restart();
        }
        return serviceNode.changes();
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
        serviceNode.kill();
        crashDatabase.close();
        crashGround.close();
        kill.close();
    }
}
