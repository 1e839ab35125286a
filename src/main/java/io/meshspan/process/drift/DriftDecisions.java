package io.meshspan.process.drift;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftProperties;
import io.meshspan.drift.DriftRecords;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftRecords.Settlement;
import io.meshspan.drift.DriftedObject;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.identity.TaskDecision;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.MeshFileWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Carries out a decision on drift. A repair is a separate change, requested by the deciding person: it has the usual
 * gates, so another person approves it.
 */
@Component
final class DriftDecisions implements TaskDecision {

    private static final String REPAIR = "repair";
    private static final String IGNORE = "ignore";
    private static final String UNTIL = "until";
    private static final int SHORTEST_REASON = 3;
    private static final int MOST_DAYS = 366;

    private final DriftRecords records;
    private final DeclaredMeshes meshes;
    private final DriftProperties properties;
    private final RuntimeService runtime;
    private final IdentityService identity;

    DriftDecisions(
            DriftRecords records,
            DeclaredMeshes meshes,
            DriftProperties properties,
            @Lazy RuntimeService runtime,
            @Lazy IdentityService identity) {
        this.records = records;
        this.meshes = meshes;
        this.properties = properties;
        this.runtime = runtime;
        this.identity = identity;
    }

    @Override
    public String form() {
        return "decide-on-drift";
    }

    @Override
    public void decided(DelegateTask task) {
        String decision = Objects.toString(task.getVariable(VariableNames.DECISION), "");
        String mesh = task.getExecution().getProcessBusinessKey();
        if (decision.equals(REPAIR)) {
            repair(task, meshes.find(mesh).orElseThrow());
        } else {
            settle(task, mesh, decision.equals(IGNORE) ? Optional.of(until(task)) : Optional.empty());
        }
    }

    /** Applies to what the task shows; later differences get another task. */
    private void settle(DelegateTask task, String mesh, Optional<Instant> until) {
        String reason =
                Objects.toString(task.getVariable(VariableNames.COMMENT), "").strip();
        if (reason.length() < SHORTEST_REASON) {
            throw new InvalidDecision("comment: expected why this drift is left as it is, found "
                    + (reason.isEmpty() ? "nothing" : "\"" + reason + "\""));
        }
        LastCheck shown = records.find(mesh)
                .filter(check -> check.open().digest().equals(task.getVariable(VariableNames.DRIFT_DIGEST)))
                .orElseThrow(
                        () -> new InvalidDecision(
                                "This task shows another drift than the one that was found last. It is asked again in a moment"));
        records.settle(
                shown.open().items().stream().map(DriftedObject::digest).toList(),
                new Settlement(
                        mesh, until.orElse(null), task.getProcessInstanceId(), person(), reason, EngineContext.now()));
    }

    private Instant until(DelegateTask task) {
        LocalDate day = LocalDate.parse(String.valueOf(task.getVariable(UNTIL)));
        LocalDate today = LocalDate.ofInstant(EngineContext.now(), properties.timeZone());
        if (!day.isAfter(today) || day.isAfter(today.plusDays(MOST_DAYS))) {
            throw new InvalidDecision("until: expected a date from %s to %s, found %s"
                    .formatted(today.plusDays(1), today.plusDays(MOST_DAYS), day));
        }
        return day.atStartOfDay(properties.timeZone()).toInstant();
    }

    private void repair(DelegateTask task, DeclaredMesh declared) {
        Mesh mesh = declared.mesh();
        String said =
                Objects.toString(task.getVariable(VariableNames.COMMENT), "").strip();
        ProcessInstance repair = runtime.createProcessInstanceByKey(process(mesh))
                .businessKey(mesh.id().value())
                .setVariable(VariableNames.MESH_FILE, MeshFileWriter.text(staying(mesh)))
                .setVariable(
                        VariableNames.REASON,
                        "Repair of drift: %s%s"
                                .formatted(
                                        task.getVariable(VariableNames.DRIFT_SUMMARY),
                                        said.isEmpty() ? "" : ". " + said))
                .execute();
        task.setVariable(CheckDriftDelegate.REPAIR, repair.getProcessInstanceId());
    }

    /** Members that the last change excluded stay members, although the repair does not name them. */
    private static Mesh staying(Mesh mesh) {
        return mesh.among(mesh.clusters());
    }

    /** The process of its topology, so that the declaration does not change. */
    private static String process(Mesh mesh) {
        boolean whole = mesh.leftOut().isEmpty();
        return !whole || mesh.topology() == Topology.MIXED || mesh.topology() == Topology.AS_IT_IS
                ? "install-mesh"
                : mesh.topology().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String person() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(Authentication::getUserId)
                .orElse("");
    }
}
