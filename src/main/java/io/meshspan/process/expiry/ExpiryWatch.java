package io.meshspan.process.expiry;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.model.LongText;
import io.meshspan.expiry.ExpiringCredential;
import io.meshspan.expiry.ExpiryProperties;
import io.meshspan.expiry.ExpiryScan;
import io.meshspan.expiry.RenewalDeferrals;
import io.meshspan.expiry.WatchedCredential;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.AdvisoryLock;
import io.meshspan.process.change.OwnChanges;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;
import org.springframework.stereotype.Component;

/**
 * Reads on the schedule when the credentials of declared meshes end, on one node at a time. For what ends soon, it starts
 * one process {@code renew-credentials} per mesh and kind of credential, or informs the one that is open.
 */
@Component
public class ExpiryWatch implements RecordListener {

    static final String PROCESS = "renew-credentials";
    static final String CREDENTIAL = "credential";

    /** What the open task is about. */
    static final String SHOWN = "renewalShown";

    private static final String ASKS = "Task_DecideOnRenewal";
    private static final String MOVED = "ExpiryMoved";
    private static final Duration OPEN_AGAIN = Duration.ofHours(1);

    /** A change writes its end, then gives its clusters back. */
    private static final Duration AFTER_A_CHANGE = Duration.ofSeconds(5);

    private final DeclaredMeshes meshes;
    private final ExpiryScan scan;
    private final RenewalDeferrals deferrals;
    private final ExpiryProperties properties;
    private final RuntimeService runtime;
    private final OwnChanges changes;
    private final AdvisoryLock turn;
    private final ThreadPoolTaskScheduler timer;

    ExpiryWatch(
            DeclaredMeshes meshes,
            ExpiryScan scan,
            RenewalDeferrals deferrals,
            ExpiryProperties properties,
            RuntimeService runtime,
            OwnChanges changes,
            DataSource database,
            DataSourceProperties settings,
            PeriodicTasks periodic) {
        this.meshes = meshes;
        this.scan = scan;
        this.deferrals = deferrals;
        this.properties = properties;
        this.runtime = runtime;
        this.changes = changes;
        this.turn = new AdvisoryLock(database, settings, "meshspan expiry");
        this.timer = periodic.scheduler("expiry-watch", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (properties.scheduled()) {
            var unused = timer.schedule(this::checkAll, new CronTrigger(properties.cron(), properties.timeZone()));
        }
        var unused = timer.scheduleWithFixedDelay(this::checkOpen, Instant.now().plus(OPEN_AGAIN), OPEN_AGAIN);
    }

    void checkAll() {
        turn.inTurn(() -> meshes.names().forEach(mesh -> check(mesh, Instant.now())));
    }

    /** What waits for a person may have been renewed otherwise. */
    private void checkOpen() {
        turn.inTurn(() -> changes.open(PROCESS).stream()
                .map(ProcessInstance::getBusinessKey)
                .distinct()
                .forEach(mesh -> check(mesh, Instant.now())));
    }

    /** What a scan found out about one kind of credential. */
    record Due(Optional<ExpiringCredential> credential, int days, boolean complete) {

        /** The same as long as people would read the same. */
        String digest() {
            return credential
                    .map(found -> "%d %s %s".formatted(days, found.first(), String.join(",", found.clusters())))
                    .orElse("");
        }
    }

    /** Whether this kind of credential is to be asked about; not complete if a cluster did not answer. */
    Due due(DeclaredMesh declared, WatchedCredential kind, Instant now) {
        Set<ClusterName> unread = new TreeSet<>();
        return due(declared, kind, scanned(declared.mesh(), now, unread), now, unread.isEmpty());
    }

    private List<ExpiringCredential> scanned(Mesh mesh, Instant now, Set<ClusterName> unread) {
        return scan.of(mesh, now, Duration.ofDays(properties.daysAhead().get(0)), unread);
    }

    private Due due(
            DeclaredMesh declared,
            WatchedCredential kind,
            List<ExpiringCredential> found,
            Instant now,
            boolean complete) {
        String mesh = declared.mesh().id().value();
        return found.stream()
                .filter(credential -> credential.credential() == kind)
                .findFirst()
                .flatMap(credential -> credential
                        .threshold(properties.daysAhead(), now)
                        .filter(days -> !deferrals.covers(mesh, kind, credential.first(), days))
                        .map(days -> new Due(Optional.of(credential), days, complete)))
                .orElse(new Due(Optional.empty(), 0, complete));
    }

    /** Checks a mesh soon. It is checked by the one thread that checks all, so that nobody is asked twice. */
    void ask(String mesh) {
        timer.execute(() -> turn.inTurn(() -> check(mesh, Instant.now())));
    }

    /** Starts what is missing, and informs what is open. */
    public void check(String mesh, Instant now) {
        Optional<DeclaredMesh> declared = meshes.find(mesh).filter(DeclaredMesh::isThere);
        if (declared.isPresent()) {
            Set<ClusterName> unread = new TreeSet<>();
            List<ExpiringCredential> found = scanned(declared.get().mesh(), now, unread);
            for (WatchedCredential kind : WatchedCredential.values()) {
                tell(declared.get().mesh(), kind, due(declared.get(), kind, found, now, unread.isEmpty()));
            }
        } else {
            Stream.of(WatchedCredential.values())
                    .flatMap(kind -> open(mesh, kind).stream())
                    .forEach(this::moved);
        }
    }

    private void tell(Mesh mesh, WatchedCredential kind, Due due) {
        List<ProcessInstance> open = open(mesh.id().value(), kind);
        if (!open.isEmpty()) {
            open.stream().filter(instance -> !shows(instance, due)).forEach(this::moved);
        } else if (due.credential().isPresent()) {
            changes.begin(
                    PROCESS,
                    "End is near",
                    mesh,
                    "The %s of the mesh end soon".formatted(kind.inWords()),
                    Map.of(CREDENTIAL, kind.name()),
                    Map.of());
        }
    }

    /** Whether a person is asked about just this, or it is not known whether it is still so. */
    private boolean shows(ProcessInstance instance, Due due) {
        boolean same = due.credential().isPresent()
                ? LongText.shortened(due.digest()).equals(runtime.getVariable(instance.getId(), SHOWN))
                : !due.complete();
        return changes.isAt(ASKS, instance) && same;
    }

    private List<ProcessInstance> open(String mesh, WatchedCredential kind) {
        return changes.open(PROCESS, mesh).stream()
                .filter(instance -> kind.name().equals(runtime.getVariable(instance.getId(), CREDENTIAL)))
                .toList();
    }

    private void moved(ProcessInstance instance) {
        changes.tell(instance, MOVED);
    }

    private void checkIfOpen(String mesh) {
        if (!changes.open(PROCESS, mesh).isEmpty()) {
            turn.inTurn(() -> check(mesh, Instant.now()));
        }
    }

    /** A change of the mesh has ended: it may have renewed something. */
    @Override
    public void committed(List<AuditRecord> written) {
        written.stream()
                .filter(record -> record.kind() == RecordKind.ENDED)
                .map(AuditRecord::mesh)
                .distinct()
                .forEach(mesh -> {
                    var unused = timer.schedule(
                            () -> checkIfOpen(mesh), Instant.now().plus(AFTER_A_CHANGE));
                });
    }
}
