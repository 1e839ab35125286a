package io.meshspan.process.model;

import io.meshspan.finding.Findings;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest.Found;
import io.meshspan.plan.FoundVersions;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanText;
import io.meshspan.preflight.Preflight;
import io.meshspan.removal.RemovalPlanner;
import io.meshspan.removal.RemovalText;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** What precedes the approval of a change: of one that installs, one that only verifies, or one that removes. */
@Component
public final class ChangePreparation {

    private final Preflight preflight;
    private final MeshPlanner planner;
    private final RemovalPlanner removalPlanner;
    private final FoundVersions versions;

    ChangePreparation(Preflight preflight, MeshPlanner planner, RemovalPlanner removalPlanner, FoundVersions versions) {
        this.preflight = preflight;
        this.planner = planner;
        this.removalPlanner = removalPlanner;
        this.versions = versions;
    }

    public Findings preflight(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return RemovalVariable.read(execution)
                .map(removal -> removalPlanner.check(mesh, removal))
                .orElseGet(() -> verifiesOnly(execution) ? preflight.runBeforeVerification(mesh) : preflight.run(mesh));
    }

    public Plan plan(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return RemovalVariable.read(execution)
                .map(removal -> removalPlanner.plan(mesh, removal))
                .orElseGet(() -> verifiesOnly(execution) ? planner.planVerification(mesh) : planner.plan(mesh));
    }

    /** A removal says first what goes and what stays. */
    public String text(DelegateExecution execution, Plan plan) {
        String objects = PlanText.of(plan);
        return RemovalVariable.read(execution)
                .map(removal -> RemovalText.of(plan, removal) + "\n\n" + objects)
                .orElse(objects);
    }

    /** What is there before the change. */
    public Found found(DelegateExecution execution) {
        return versions.before(MeshVariable.read(execution));
    }

    static boolean verifiesOnly(VariableScope change) {
        return Boolean.TRUE.equals(change.getVariable(VariableNames.VERIFY_ONLY));
    }
}
