package io.meshspan.process.model;

import io.meshspan.finding.Findings;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.preflight.Preflight;
import io.meshspan.removal.Removals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** What precedes the approval of a change: of one that installs, one that only verifies, or one that removes. */
@Component
public final class Preparation {

    private final Preflight preflight;
    private final MeshPlanner planner;
    private final Removals removals;

    Preparation(Preflight preflight, MeshPlanner planner, Removals removals) {
        this.preflight = preflight;
        this.planner = planner;
        this.removals = removals;
    }

    public Findings preflight(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return RemovalVariable.read(execution)
                .map(removal -> removals.check(mesh, removal))
                .orElseGet(() -> verifiesOnly(execution) ? preflight.runBeforeVerification(mesh) : preflight.run(mesh));
    }

    public Plan plan(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return RemovalVariable.read(execution)
                .map(removal -> removals.plan(mesh, removal))
                .orElseGet(() -> verifiesOnly(execution) ? planner.planVerification(mesh) : planner.plan(mesh));
    }

    static boolean verifiesOnly(VariableScope change) {
        return Boolean.TRUE.equals(change.getVariable(Names.VERIFY_ONLY));
    }
}
