package io.meshspan.process.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftProperties;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.AdvisoryLock;
import io.meshspan.schedule.PeriodicTasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks declared meshes on the schedule, one after the other, on one node at a time. If there is drift, it starts one
 * process {@code check-drift} per mesh, or informs the one that is open.
 */
@Component
public class DriftWatch implements RecordListener {

    static final String PROCESS = "check-drift";
    static final String MOVED = "DriftMoved";

    private static final String ASKS = "Task_DecideOnDrift";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
    private static final String REASON = "A scheduled check found that the mesh is not as declared";

    /** Closes a task soon after its drift is gone. */
    private static final Duration OPEN_AGAIN = Duration.ofHours(1);

    /** How often, and in which time, the clusters of a change that has ended are looked for. */
    private static final int LOOKS = 150;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration RECENT = Duration.ofMinutes(2);

    private final DriftChecks checks;
    private final DeclaredMeshes meshes;
    private final DriftProperties properties;
    private final RuntimeService runtime;
    private final AuditLog audit;
    private final AdvisoryLock turn;
    private final TransactionTemplate transaction;
    private final ThreadPoolTaskScheduler timer;

    DriftWatch(
            DriftChecks checks,
            DeclaredMeshes meshes,
            DriftProperties properties,
            RuntimeService runtime,
            AuditLog audit,
            DataSource database,
            DataSourceProperties settings,
            PlatformTransactionManager transactions,
            PeriodicTasks periodic) {
        this.checks = checks;
        this.meshes = meshes;
        this.properties = properties;
        this.runtime = runtime;
        this.audit = audit;
        this.turn = new AdvisoryLock(database, settings, "meshspan drift");
        this.transaction = new TransactionTemplate(transactions);
        this.timer = periodic.scheduler("drift", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (properties.scheduled()) {
            var unused = timer.schedule(this::checkAll, new CronTrigger(properties.cron(), properties.timeZone()));
        }
        var unused = timer.scheduleWithFixedDelay(this::checkOpen, Instant.now().plus(OPEN_AGAIN), OPEN_AGAIN);
    }

    void checkAll() {
        inTurn(() -> meshes.names().stream().filter(this::isDue).forEach(this::checkAndTell));
    }

    /** The meshes whose drift waits for a person: it may be gone. */
    private void checkOpen() {
        inTurn(() -> open().stream()
                .map(ProcessInstance::getBusinessKey)
                .distinct()
                .filter(this::isDue)
                .forEach(this::checkAndTell));
    }

    /** Whether no other node, whose clock may differ a little, has just checked it. */
    private boolean isDue(String mesh) {
        Instant recent = Instant.now().minus(RECENT);
        return checks.last(mesh).filter(last -> last.at().isAfter(recent)).isEmpty();
    }

    private void inTurn(Runnable work) {
        try {
            if (turn.tryTake()) {
                try {
                    work.run();
                } finally {
                    turn.release();
                }
            }
        } catch (SQLException e) {
            LOG.warn("The database does not say whose turn the drift checks are; asked again at the next time");
        }
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
        return open(mesh).stream().map(ProcessInstance::getId).findFirst();
    }

    Optional<LastCheck> checkAndTell(String mesh) {
        Optional<LastCheck> check = checks.check(mesh);
        check.filter(done -> done.problem() == null).ifPresent(this::tell);
        return check;
    }

    private void tell(LastCheck check) {
        List<ProcessInstance> open = open(check.mesh());
        if (!open.isEmpty()) {
            open.stream().filter(instance -> shows(instance, check)).forEach(this::moved);
        } else if (!check.open().items().isEmpty()) {
            transaction.executeWithoutResult(begun -> begin(check));
        }
    }

    /** Whether the task shows other differences than the last check, or waits although none is left. */
    private boolean shows(ProcessInstance instance, LastCheck check) {
        Object shown = runtime.getVariable(instance.getId(), VariableNames.DRIFT_DIGEST);
        return check.open().items().isEmpty() || !check.open().digest().equals(shown);
    }

    private void begin(LastCheck check) {
        if (!open(check.mesh()).isEmpty()) {
            return;
        }
        Mesh mesh = meshes.find(check.mesh()).orElseThrow().mesh();
        ProcessInstance begun = runtime.createProcessInstanceByKey(PROCESS)
                .businessKey(check.mesh())
                .setVariable(VariableNames.REASON, REASON)
                .execute();
        audit.open(new ChangeRequested(
                begun.getId(),
                check.mesh(),
                PROCESS,
                "Drift suspected",
                null,
                REASON,
                mesh.clusters().stream().map(ClusterName::value).toList(),
                data(mesh, begun)));
    }

    private static String data(Mesh mesh, ProcessInstance begun) {
        try {
            return JSON.writeValueAsString(Map.of("mesh", mesh, "definition", begun.getProcessDefinitionId()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record's data could not be written", e);
        }
    }

    private List<ProcessInstance> open() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .active()
                .list();
    }

    private List<ProcessInstance> open(String mesh) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .processInstanceBusinessKey(mesh)
                .list();
    }

    private void moved(ProcessInstance instance) {
        try {
            runtime.createMessageCorrelation(MOVED)
                    .processInstanceId(instance.getId())
                    .correlate();
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException e) {
            LOG.debug("{}: the process looks by itself just now", instance.getBusinessKey());
        }
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
        List<ProcessInstance> open = open(mesh);
        if (!open.isEmpty() && looks > 0 && checks.isBusy(mesh)) {
            var unused = timer.schedule(
                    () -> changeEnded(mesh, looks - 1), Instant.now().plus(BETWEEN_LOOKS));
            return;
        }
        for (ProcessInstance instance : open) {
            if (asksAPerson(instance)) {
                inTurn(() -> checkAndTell(mesh));
            } else {
                moved(instance);
            }
        }
    }

    private boolean asksAPerson(ProcessInstance instance) {
        return runtime.createExecutionQuery()
                        .processInstanceId(instance.getId())
                        .activityId(ASKS)
                        .count()
                > 0;
    }
}
