package io.meshspan.process.drift;

import io.meshspan.audit.Changes;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftText;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.process.change.ChangeRecord;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Check drift. */
@Component
final class CheckDriftDelegate implements JavaDelegate {

    static final String STATE = "driftState";
    static final String TEXT = "drift";

    /** The change that repairs the drift; empty if there is none. */
    static final String REPAIR = "repairChange";

    private static final String FOUND = "found";
    private static final String NONE = "none";

    /** A change works on the mesh, or nothing could be read: the check is repeated later. */
    private static final String UNKNOWN = "unknown";

    private final DriftChecks checks;
    private final DeclaredMeshes meshes;
    private final Changes changes;
    private final ChangeRecord record;

    CheckDriftDelegate(DriftChecks checks, DeclaredMeshes meshes, Changes changes, ChangeRecord record) {
        this.checks = checks;
        this.meshes = meshes;
        this.changes = changes;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String mesh = execution.getProcessBusinessKey();
        boolean there = meshes.find(mesh)
                .filter(DriftChecks::isComparable)
                .map(declared -> {
                    MeshVariable.write(execution, declared.mesh());
                    return true;
                })
                .orElse(false);
        if (!there) {
            execution.setVariable(STATE, NONE);
            record.noted(execution, "drift", "NONE", "The mesh is not declared any more.");
        } else if (isRepaired(execution)) {
            execution.setVariable(STATE, UNKNOWN);
        } else {
            checks.check(mesh)
                    .filter(check -> check.problem() == null)
                    .ifPresentOrElse(check -> show(execution, check), () -> execution.setVariable(STATE, UNKNOWN));
        }
    }

    /** Whether the change that repairs it is still under way. */
    private boolean isRepaired(DelegateExecution execution) {
        return changes.find(Objects.toString(execution.getVariable(REPAIR), "")).stream()
                .anyMatch(repair -> repair.ended() == null);
    }

    private void show(DelegateExecution execution, LastCheck check) {
        boolean found = !check.open().items().isEmpty();
        execution.setVariable(STATE, found ? FOUND : NONE);
        execution.setVariable(VariableNames.DRIFT_DIGEST, check.open().digest());
        execution.setVariable(VariableNames.DRIFT_SUMMARY, check.open().summary());
        LongText.write(execution, TEXT, DriftText.of(check.open(), check.settled()));
        record.listed(
                execution,
                execution.getCurrentActivityName(),
                "drift " + check.open().digest(),
                found ? "FOUND" : "NONE",
                check.open().summary(),
                check.open().items());
    }
}
