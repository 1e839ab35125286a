package io.meshspan.process.expiry;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.RotatedCredential;
import io.meshspan.database.EngineTables;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.expiry.ExpiryScan;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.SanitizedException;
import io.meshspan.lease.HeldLeases;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.AdvisoryLock;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
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
 * Begins the renewal of bound tokens on the schedule, on one node at a time: of one mesh, and of the next one when that has ended or
 * waits for a person. A mesh that another change holds is looked at again at the next time. What is not renewed in time is put before
 * operators.
 */
@Component
public class TokenRenewal implements RecordListener {

    static final String PROCESS = ExpiryScan.RENEWAL;

    private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);
    private static final String NAME = "Renew remote tokens";
    private static final String REASON = "The bound tokens of the mesh end soon (meshspan.token-renewal.cron)";

    /** A change writes its end, then gives its clusters back. */
    private static final Duration AFTER_A_CHANGE = Duration.ofSeconds(5);

    private final DeclaredMeshes meshes;
    private final ExpiryScan scan;
    private final ExpiryWatch watch;
    private final TokenRenewalProperties properties;
    private final HeldLeases leases;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final OwnChanges changes;
    private final Changes records;
    private final AdvisoryLock turn;
    private final ThreadPoolTaskScheduler timer;

    TokenRenewal(
            DeclaredMeshes meshes,
            ExpiryScan scan,
            ExpiryWatch watch,
            TokenRenewalProperties properties,
            HeldLeases leases,
            RuntimeService runtime,
            TaskService tasks,
            OwnChanges changes,
            Changes records,
            DataSource database,
            DataSourceProperties settings,
            PeriodicTasks periodic) {
        this.meshes = meshes;
        this.scan = scan;
        this.watch = watch;
        this.properties = properties;
        this.leases = leases;
        this.runtime = runtime;
        this.tasks = tasks;
        this.changes = changes;
        this.records = records;
        this.turn = new AdvisoryLock(database, settings, "meshspan token renewal");
        this.timer = periodic.scheduler("token-renewal", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (properties.scheduled()) {
            var unused = timer.schedule(this::look, new CronTrigger(properties.cron(), properties.timeZone()));
        }
    }

    /** Nothing if another node looks just now. */
    void look() {
        turn.inTurn(() -> {
            Instant now = Instant.now();
            List<DeclaredMesh> due = due(now);
            due.forEach(declared -> askIfOverdue(declared.mesh(), now));
            var unused = renewFirst(due, now);
        });
    }

    private void askIfOverdue(Mesh mesh, Instant now) {
        if (alone(
                        mesh.id().value(),
                        "it was not seen whether its renewal is overdue",
                        () -> scan.tokensOverdue(mesh, now))
                .orElse(false)) {
            watch.ask(mesh.id().value());
        }
    }

    /** The meshes of which a token is to be renewed. */
    private List<DeclaredMesh> due(Instant now) {
        return meshes.names().stream()
                .filter(name -> alone(name, "the ends of its tokens were not read", () -> isDue(name, now))
                        .orElse(false))
                .flatMap(name -> meshes.find(name).stream())
                .toList();
    }

    private boolean isDue(String name, Instant now) {
        return meshes.find(name)
                .filter(DeclaredMesh::isThere)
                .map(DeclaredMesh::mesh)
                .filter(mesh -> mesh.boundTokens().isPresent() && scan.tokensToRenew(mesh, now))
                .isPresent();
    }

    /** What goes wrong with one mesh is no reason to let the tokens of the others end. */
    private static <T> Optional<T> alone(String mesh, String problem, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException e) {
            LOG.error("{}: {}; tried again at the next time", mesh, problem, new SanitizedException(e));
            return Optional.empty();
        }
    }

    /**
     * Begins the renewal of the first mesh of which a token is to be renewed.
     *
     * @return the change; empty if there is none, if one is under way, or if people start the renewals
     */
    public Optional<String> renewNext(Instant now) {
        return renewFirst(due(now), now);
    }

    private Optional<String> renewFirst(List<DeclaredMesh> due, Instant now) {
        return !properties.unattended() || changes.open(PROCESS).stream().anyMatch(this::works)
                ? Optional.empty()
                : due.stream()
                        .flatMap(declared -> alone(
                                declared.mesh().id().value(),
                                "the renewal of its tokens did not begin",
                                () -> isFree(declared, now)
                                        ? Optional.of(begin(declared.mesh()))
                                        : Optional.<String>empty())
                                .flatMap(begun -> begun)
                                .stream())
                        .findFirst();
    }

    /** One that waits for a person, who may come next week, is no reason to let the tokens of others end. */
    private boolean works(ProcessInstance renewal) {
        boolean asks = !tasks.createNativeTaskQuery()
                .sql(EngineTables.OPEN_TASKS)
                .parameter("root", renewal.getId())
                .list()
                .isEmpty();
        return !asks
                && runtime.createProcessInstanceQuery()
                                .processInstanceId(renewal.getId())
                                .withIncident()
                                .count()
                        == 0;
    }

    private boolean isFree(DeclaredMesh declared, Instant now) {
        Mesh mesh = declared.mesh();
        boolean held =
                leases.holders().stream().anyMatch(holder -> holder.mesh().equals(mesh.id()));
        boolean open = !changes.open(PROCESS, mesh.id().value()).isEmpty();
        if (held && !open) {
            LOG.info("{}: its tokens are not renewed now, another change holds it", mesh.id());
        }
        return !held && !open && !pauses(declared, now);
    }

    /**
     * Between two renewals of a mesh, unless something else changed it since. Whoever stopped one has some time to mend what was in
     * its way; and where new tokens are to be renewed at once, since a clock is wrong, istiods are not stopped again and again.
     */
    private boolean pauses(DeclaredMesh declared, Instant now) {
        String mesh = declared.mesh().id().value();
        return records.find(ChangeFilter.of(mesh, PROCESS), "", 1).stream()
                .findFirst()
                .filter(last -> last.ended() != null
                        && last.ended().isAfter(now.minus(properties.pause(declared.mesh())))
                        && (declared.at().isBefore(last.ended()) || last.id().equals(declared.change())))
                .isPresent();
    }

    /** All tokens of the mesh, so that they end together, and its istiods are stopped once where the version needs it. */
    private String begin(Mesh declared) {
        Mesh mesh = declared.among(declared.clusters());
        return changes.begin(
                PROCESS,
                "Renewal due",
                mesh,
                REASON,
                Map.of(
                        MeshVariable.NAME,
                        JsonVariable.of(mesh),
                        VariableNames.KEEP_SAMPLE,
                        false,
                        VariableNames.URGENT,
                        false),
                Map.of(
                        RecordedRequest.FIELD,
                        ChangeRequest.ofTheService(
                                PROCESS,
                                NAME,
                                new ChangeKind.Rotate(RotatedCredential.REMOTE_TOKENS, mesh.clusters()),
                                mesh,
                                REASON)));
    }

    /** The next mesh has its turn when a change has ended, on whichever node. */
    @Override
    public void committed(List<AuditRecord> written) {
        if (properties.scheduled() && written.stream().anyMatch(record -> record.kind() == RecordKind.ENDED)) {
            var unused = timer.schedule(this::look, Instant.now().plus(AFTER_A_CHANGE));
        }
    }
}
