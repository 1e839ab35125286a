package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The same change again and again on clusters as new: first undisturbed, then killed at one point each time. */
final class CrashExperiment implements AutoCloseable {

    private static final Duration SHORT_TOKENS = Duration.ofMinutes(10);
    private static final Duration LONG_TOKENS = Duration.ofHours(12);

    private final KillSwitch kill = new KillSwitch();
    private final CrashScenario scenario;
    private final CrashGround crashGround;
    private final CrashDatabase crashDatabase;
    private final ServiceNode serviceNode;
    private final Run undisturbed;
    private final List<KillPoint> points;
    private int runs;

    /** @param folder where the processes keep what they must not lose, and write their log */
    CrashExperiment(String crashDatabase, String scenario, Path folder) {
        this.scenario = CrashScenario.parse(scenario);
        this.crashGround = new CrashGround(kill, this.scenario.clusters(), this.scenario.oneNetwork());
        this.crashDatabase = CrashDatabase.named(crashDatabase, folder);
        List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
        if (this.scenario.isBegunByTheService()) {
            arguments.add("--meshspan.token-renewal.cron=*/2 * * * * *");
            arguments.add("--meshspan.token-renewal.lifetime-left=90");
        }
        arguments.addAll(this.crashDatabase.arguments());
        this.serviceNode = kill.start("node", folder, arguments).ready();
        this.undisturbed = run(kill::forget);
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
        return killed(List.of(point), moment);
    }

    /** The same of one run that is killed at each of these points in turn. */
    List<String> killed(Collection<KillPoint> points, Moment moment) {
        try {
            Run run = run(() -> kill.arm(points, moment, name -> serviceNode.kill()));
            return Stream.concat(
                            kill.left().stream().map(point -> "the moment did not come: " + point.step()),
                            differences(points, moment, run).stream())
                    .toList();
        } catch (AssertionError | ConditionTimeoutException e) {
            return List.of(String.valueOf(e.getMessage()));
        } finally {
            kill.forget();
        }
    }

    /** After several kills, what a process began and did not wait for may have been begun again by others. */
    private List<String> differences(Collection<KillPoint> points, Moment moment, Run run) {
        boolean goesOn = points.size() > 1
                || ((moment == Moment.COMMITTED || moment == Moment.GOING_ON)
                        && points.stream().allMatch(point -> point.step().matches(".*(WatchCondition|StartCalls).*")));
        return undisturbed.differences(
                goesOn ? new Run(run.kept.lessWhatWasBegunAgain(undisturbed.kept), run.state) : run);
    }

    /** @param armed once the clusters are as the change finds them */
    private Run run(Runnable armed) {
        String reason = "run " + ++runs;
        if (runs > 1 && scenario.findsNoDeclaration()) {
            crashGround.carry(this::living, scenario.removal(), reason + ", removal");
            awaitFree();
        }
        crashGround.clear();
        if (scenario.isBegunByTheService()) {
            return begunByTheService(reason, armed);
        }
        before(reason + ", before");
        armed.run();
        Kept kept = crashGround.carry(this::living, scenario.request(crashGround.clusters()), reason);
        return left(kept);
    }

    /** The first tokens of the mesh are to be renewed after a minute, and those that renew them not before the next run. */
    private Run begunByTheService(String reason, Runnable armed) {
        Set<String> known = begun();
        crashGround.longestTokens(SHORT_TOKENS);
        before(reason + ", before");
        crashGround.longestTokens(LONG_TOKENS);
        armed.run();
        if (!known.containsAll(begun())) {
            throw new AssertionError("the mesh was not ready in the minute before its tokens were to be renewed");
        }
        return left(crashGround.carryOwn(this::living, scenario.process(), known));
    }

    private Set<String> begun() {
        return living().of(scenario.process()).stream()
                .map(change -> change.path("id").asText())
                .collect(Collectors.toSet());
    }

    private Run left(Kept kept) {
        awaitFree();
        return new Run(kept, crashGround.state());
    }

    private void awaitFree() {
        await("the clusters are free").atMost(Duration.ofSeconds(30)).until(() -> crashGround.free());
    }

    private void before(String reason) {
        if (scenario.isMadeByOthers()) {
            crashGround.installByHelm();
        } else {
            scenario.before(crashGround.clusters())
                    .ifPresent(installation -> crashGround.carry(this::living, installation, reason));
        }
        if (scenario.inUse()) {
            crashGround.use();
        }
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
