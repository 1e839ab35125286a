package io.meshspan.process.model;

import io.meshspan.finding.Findings;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.preflight.Preflight;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** What precedes the approval of a change: of one that installs, or of one that only verifies. */
@Component
public final class Preparation {

    private final Preflight preflight;
    private final MeshPlanner planner;

    Preparation(Preflight preflight, MeshPlanner planner) {
        this.preflight = preflight;
        this.planner = planner;
    }

    public Findings preflight(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return verifiesOnly(execution) ? preflight.runBeforeVerification(mesh) : preflight.run(mesh);
    }

    public Plan plan(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return verifiesOnly(execution) ? planner.planVerification(mesh) : planner.plan(mesh);
    }

    static boolean verifiesOnly(VariableScope change) {
        return Boolean.TRUE.equals(change.getVariable(Names.VERIFY_ONLY));
    }
}
