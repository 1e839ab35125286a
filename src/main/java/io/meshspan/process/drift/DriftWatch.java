package io.meshspan.process.drift;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftProperties;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.SanitizedException;
import io.meshspan.node.AdvisoryLock;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.CronSetting;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
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
 * Checks declared meshes on the schedule, one after the other, on one node at a time. If there is drift, it starts one
 * process {@code check-drift} per mesh, or informs the one that is open.
 */
@Component
public class DriftWatch implements RecordListener {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    static final String PROCESS = "check-drift";
    static final String MOVED = "DriftMoved";

    private static final String ASKS = "Task_DecideOnDrift";
    private static final String REASON = "A scheduled check found that the mesh is not as declared";

    /** Closes a task soon after its drift is gone. */
    private static final Duration OPEN_AGAIN = Duration.ofHours(1);

    /** How often, and in which time, the clusters of a change that has ended are looked for. */
    private static final int LOOKS = 150;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration RECENT = Duration.ofMinutes(2);

    /** How often it is looked whether a round was left unfinished, and for how long after its time. */
    private static final Duration GO_ON = Duration.ofMinutes(1);

    private static final Duration LATE = Duration.ofHours(2);

    /** A timer may be a little early, and the clock of another node, which has checked a mesh already, a little slow. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private static final Duration JUST_BEFORE = Duration.ofSeconds(10);

    private final DriftChecks checks;
    private final DeclaredMeshes meshes;
    private final DriftProperties properties;
    private final RuntimeService runtime;
    private final OwnChanges changes;
    private final AdvisoryLock turn;
    private final ThreadPoolTaskScheduler timer;

    DriftWatch(
            DriftChecks checks,
            DeclaredMeshes meshes,
            DriftProperties properties,
            RuntimeService runtime,
            OwnChanges changes,
            DataSource database,
            DataSourceProperties settings,
            PeriodicTasks periodic) {
        this.checks = checks;
        this.meshes = meshes;
        this.properties = properties;
        this.runtime = runtime;
        this.changes = changes;
        this.turn = new AdvisoryLock(database, settings, "meshspan drift");
        this.timer = periodic.scheduler("drift", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (properties.scheduled()) {
            var unused = timer.schedule(this::checkAll, new CronTrigger(properties.cron(), properties.timeZone()));
            var unusedToo =
                    timer.scheduleWithFixedDelay(this::checkAll, Instant.now().plus(GO_ON), GO_ON);
        }
        var unused = timer.scheduleWithFixedDelay(this::checkOpen, Instant.now().plus(OPEN_AGAIN), OPEN_AGAIN);
    }

    /**
     * All meshes that were not checked since the last time of the schedule. A node that goes leaves the rest of its round to the
     * next one that looks; a mesh that a change works on has its turn after it.
     */
    void checkAll() {
        CronSetting.lastTime(
                        properties.cron(), properties.timeZone(), Instant.now().plus(EARLY), LATE)
                .map(time -> time.minus(JUST_BEFORE))
                .ifPresent(since -> turn.inTurn(() -> meshes.names().stream()
                        .filter(mesh -> isDue(mesh, since))
                        .forEach(this::checkInTurn)));
    }

    private boolean isDue(String mesh, Instant since) {
        return meshes.find(mesh)
                        .filter(declared -> declared.at().isAfter(since))
                        .isEmpty()
                && checks.last(mesh).filter(last -> !last.at().isBefore(since)).isEmpty();
    }

    /** What goes wrong with one mesh is no reason to leave out the next one. */
    private void checkInTurn(String mesh) {
        try {
            var unused = checkAndTell(mesh);
        } catch (RuntimeException e) {
            LOG.error("{}: its drift was not checked; tried again soon", mesh, new SanitizedException(e));
        }
    }

    /** The meshes whose drift waits for a person: it may be gone. */
    private void checkOpen() {
        turn.inTurn(() -> changes.open(PROCESS).stream()
                .map(ProcessInstance::getBusinessKey)
                .distinct()
                .filter(mesh -> isDue(mesh, Instant.now().minus(RECENT)))
                .forEach(this::checkInTurn));
    }

    /** A check that a person asks for; it waits for those of the schedule, on whichever node they run. */
    public Future<Optional<LastCheck>> ask(String mesh) {
        return timer.submit(() -> {
            turn.await((int) properties.within().toSeconds());
            try {
                return checkAndTell(mesh);
            } finally {
                turn.release();
            }
        });
    }

    /** The process in which people decide on the drift of this mesh. */
    public Optional<String> openChange(String mesh) {
        return changes.open(PROCESS, mesh).stream().map(ProcessInstance::getId).findFirst();
    }

    private Optional<LastCheck> checkAndTell(String mesh) {
        Optional<LastCheck> check = checks.check(mesh);
        check.filter(done -> done.problem() == null).ifPresent(this::tell);
        return check;
    }

    private void tell(LastCheck check) {
        List<ProcessInstance> open = changes.open(PROCESS, check.mesh());
        if (!open.isEmpty()) {
            open.stream().filter(instance -> shows(instance, check)).forEach(instance -> changes.tell(instance, MOVED));
        } else if (!check.open().items().isEmpty()) {
            changes.begin(
                    PROCESS,
                    "Drift suspected",
                    meshes.find(check.mesh()).orElseThrow().mesh(),
                    REASON,
                    Map.of(),
                    Map.of());
        }
    }

    /** Whether the task shows other differences than the last check, or waits although none is left. */
    private boolean shows(ProcessInstance instance, LastCheck check) {
        Object shown = runtime.getVariable(instance.getId(), VariableNames.DRIFT_DIGEST);
        return check.open().items().isEmpty() || !check.open().digest().equals(shown);
    }

    /** A change of the mesh has ended: drift may be gone. */
    @Override
    public void committed(List<AuditRecord> written) {
        written.stream()
                .filter(record -> record.kind() == RecordKind.ENDED)
                .map(AuditRecord::mesh)
                .distinct()
                .forEach(mesh -> timer.execute(() -> changeEnded(mesh, LOOKS)));
    }

    /** A change gives its clusters back after its end: until then the mesh is not compared. */
    private void changeEnded(String mesh, int looks) {
        List<ProcessInstance> open = changes.open(PROCESS, mesh);
        if (!open.isEmpty() && looks > 0 && checks.isBusy(mesh)) {
            var unused = timer.schedule(
                    () -> changeEnded(mesh, looks - 1), Instant.now().plus(BETWEEN_LOOKS));
            return;
        }
        for (ProcessInstance instance : open) {
            if (changes.isAt(ASKS, instance)) {
                turn.inTurn(() -> checkAndTell(mesh));
            } else {
                changes.tell(instance, MOVED);
            }
        }
    }
}
