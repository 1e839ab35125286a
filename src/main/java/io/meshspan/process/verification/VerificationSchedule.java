package io.meshspan.process.verification;

import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.Changes;
import io.meshspan.change.ChangeKind;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.finding.SanitizedException;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.AdvisoryLock;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.CronSetting;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.Result;
import io.meshspan.verification.VerificationScheduleProperties;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;
import org.springframework.stereotype.Component;

/**
 * Starts a verification of each declared mesh on the schedule, one after the other, on one node at a time. The process does
 * the rest, also if this node goes; then another node goes on with the round. A mesh that a change holds is skipped.
 */
@Component
public class VerificationSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(VerificationSchedule.class);
    private static final String NAME = "Verify on schedule";
    private static final String REASON = "The schedule of verifications (meshspan.verify.cron)";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** No other node, whose clock may differ a little, verifies a mesh again at the same time of the schedule. */
    private static final Duration JUST_NOW = Duration.ofSeconds(10);

    /** How often it is looked whether a round was left unfinished, and for how long after its time. */
    private static final Duration GO_ON = Duration.ofMinutes(1);

    private static final Duration LATE = Duration.ofHours(2);

    /** A timer may be a little early. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    /** What a process may take after its limit: it cleans up then. */
    private static final Duration TO_CLEAN_UP = Duration.ofMinutes(2);

    private final DeclaredMeshes meshes;
    private final HeldLeases leases;
    private final VerificationHistory history;
    private final VerificationResults results;
    private final VerificationScheduleProperties properties;
    private final RuntimeService runtime;
    private final OwnChanges changes;
    private final Changes records;
    private final AdvisoryLock turn;

    /** One thread, so that nothing here happens at the same time. */
    private final ThreadPoolTaskScheduler timer;

    private boolean underWay;

    VerificationSchedule(
            DeclaredMeshes meshes,
            HeldLeases leases,
            VerificationHistory history,
            VerificationResults results,
            VerificationScheduleProperties properties,
            RuntimeService runtime,
            OwnChanges changes,
            Changes records,
            DataSource database,
            DataSourceProperties settings,
            PeriodicTasks periodic) {
        this.meshes = meshes;
        this.leases = leases;
        this.history = history;
        this.results = results;
        this.properties = properties;
        this.runtime = runtime;
        this.changes = changes;
        this.records = records;
        this.turn = new AdvisoryLock(database, settings, "meshspan verification");
        this.timer = periodic.scheduler("verification", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (properties.scheduled()) {
            var unused = timer.schedule(this::verifyAll, new CronTrigger(properties.cron(), properties.timeZone()));
            var unusedToo =
                    timer.scheduleWithFixedDelay(this::goOn, Instant.now().plus(GO_ON), GO_ON);
        }
    }

    /** Nothing if a round is still under way, here or on another node. */
    void verifyAll() {
        round(false);
    }

    /** The rest of a round whose node is gone. */
    void goOn() {
        round(true);
    }

    /**
     * The meshes that have their turn at one time of the schedule.
     *
     * @param since when it was; a verification that ended or was begun since then was its turn
     * @param late whether another node may have begun it
     */
    private record Round(Instant since, boolean late, Deque<String> waiting) {}

    private void round(boolean late) {
        CronSetting.lastTime(
                        properties.cron(), properties.timeZone(), Instant.now().plus(EARLY), LATE)
                .map(time -> new Round(time.minus(JUST_NOW), late, new ArrayDeque<>()))
                .ifPresent(this::begin);
    }

    private void begin(Round round) {
        if (underWay) {
            return;
        }
        try {
            meshes.names().stream()
                    .filter(mesh ->
                            isDue(mesh, round) || (round.late() && open(mesh).isPresent()))
                    .forEach(round.waiting()::add);
            if (!round.waiting().isEmpty() && turn.tryTake()) {
                underWay = true;
                next(round);
            }
        } catch (SQLException e) {
            LOG.warn("The database does not say whose turn the verifications are; asked again at the next time");
        }
    }

    private void next(Round round) throws SQLException {
        while (!round.waiting().isEmpty()) {
            Optional<String> change = verifyInTurn(round.waiting().remove(), round);
            if (change.isPresent()) {
                Instant limit = Instant.now().plus(properties.within()).plus(TO_CLEAN_UP);
                lookSoon(change.get(), limit, round);
                return;
            }
        }
        underWay = false;
        turn.release();
    }

    /** What goes wrong with one mesh is no reason to leave out the next one. */
    private Optional<String> verifyInTurn(String mesh, Round round) {
        try {
            Optional<String> begun = round.late() ? open(mesh) : Optional.empty();
            return begun.isPresent() || !isDue(mesh, round) ? begun : verify(mesh);
        } catch (RuntimeException e) {
            LOG.error("{}: the scheduled verification could not start", mesh, new SanitizedException(e));
            return Optional.empty();
        }
    }

    private void lookSoon(String change, Instant limit, Round round) {
        var unused =
                timer.schedule(() -> look(change, limit, round), Instant.now().plus(BETWEEN_LOOKS));
    }

    /** Continues with the next mesh when this change has ended, on any node. */
    private void look(String change, Instant limit, Round round) {
        try {
            if (Instant.now().isBefore(limit) && runs(change)) {
                lookSoon(change, limit, round);
            } else {
                next(round);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The database does not say whether change {} has ended; asked again in a moment", change);
            lookSoon(change, limit, round);
        }
    }

    private boolean isDue(String mesh, Round round) {
        return meshes.find(mesh)
                        .filter(VerificationSchedule::isVerifiable)
                        .filter(declared -> declared.at().isBefore(round.since()))
                        .isPresent()
                && history.last(mesh)
                        .filter(last -> !last.at().isBefore(round.since()))
                        .isEmpty()
                && records.find(ChangeFilter.of(mesh, VerificationHistory.SCHEDULE), "", 1).stream()
                        .noneMatch(last -> !last.started().isBefore(round.since()));
    }

    private static boolean isVerifiable(DeclaredMesh declared) {
        return declared.isThere() && declared.state() != DeclaredMesh.State.TAKEN_OVER;
    }

    /**
     * Starts a verification as the schedule does.
     *
     * @return the change; empty if the mesh is skipped, or if nothing was verified here that could be verified again
     */
    public Optional<String> verify(String mesh) {
        Optional<Mesh> declared =
                meshes.find(mesh).filter(VerificationSchedule::isVerifiable).map(DeclaredMesh::mesh);
        Optional<String> busy = declared.flatMap(there -> inTheWay(mesh));
        if (busy.isPresent()) {
            LOG.info("{}: not verified on the schedule. {}", mesh, busy.get());
            results.keep(VerificationRun.without(
                    mesh,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    Result.SKIPPED,
                    VerificationHistory.SCHEDULE,
                    null,
                    busy.get()));
            return Optional.empty();
        }
        return declared.map(there -> begin(there.among(there.clusters())));
    }

    private Optional<String> inTheWay(String mesh) {
        Optional<String> holder = leases.holders().stream()
                .filter(each -> each.mesh().value().equals(mesh))
                .map(Holder::change)
                .findFirst();
        return holder.map("Change %s holds the mesh. It is verified at the next time of the schedule."::formatted)
                .or(() -> open(mesh).map("The verification before it, %s, has not ended yet."::formatted));
    }

    private Optional<String> open(String mesh) {
        return changes.open(VerificationHistory.SCHEDULE, mesh).stream()
                .map(ProcessInstance::getId)
                .findFirst();
    }

    private String begin(Mesh mesh) {
        return changes.begin(
                VerificationHistory.SCHEDULE,
                "Verification due",
                mesh,
                REASON,
                Map.of(
                        MeshVariable.NAME,
                        JsonVariable.of(mesh),
                        VariableNames.KEEP_SAMPLE,
                        false,
                        VariableNames.VERIFY_WITHIN,
                        properties.within().toString()),
                Map.of(
                        RecordedRequest.FIELD,
                        ChangeRequest.ofTheService(
                                VerificationHistory.SCHEDULE, NAME, new ChangeKind.Verify(), mesh, REASON)));
    }

    private boolean runs(String change) {
        return runtime.createProcessInstanceQuery().processInstanceId(change).count() > 0;
    }
}
