package io.meshspan.process.change;

import io.meshspan.audit.Changes;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Add;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Install;
import io.meshspan.change.ChangeKind.Remove;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.ChangeKind.TakeOut;
import io.meshspan.change.ChangeKind.Upgrade;
import io.meshspan.change.ChangeKind.Verify;
import io.meshspan.declared.AdoptableMesh;
import io.meshspan.declared.MembershipChange;
import io.meshspan.declared.OvertakenRequest;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.AdoptionText;
import io.meshspan.plan.ChangeRequest.Found;
import io.meshspan.plan.FoundVersions;
import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanText;
import io.meshspan.preflight.Preflight;
import io.meshspan.removal.RemovalPlanner;
import io.meshspan.removal.RemovalText;
import io.meshspan.rotation.RootPhases;
import io.meshspan.rotation.RotationRights;
import io.meshspan.rotation.TokenRotation;
import io.meshspan.trust.IntermediateRotation;
import io.meshspan.upgrade.InPlaceUpgrade;
import io.meshspan.upgrade.UpgradeChecks;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Prepares each kind of change for its approval. */
@Component
public final class ChangePreparation {

    private final Preflight preflight;
    private final MeshPlanner planner;
    private final RemovalPlanner removalPlanner;
    private final FoundVersions versions;
    private final ChangeKinds kinds;
    private final MembershipChange membership;
    private final TokenRotation tokens;
    private final IntermediateRotation intermediates;
    private final RootPhases roots;
    private final RotationRights rotationRights;
    private final UpgradeChecks upgradeChecks;
    private final AdoptableMesh adoptable;
    private final OvertakenRequest overtaken;
    private final Changes changes;

    ChangePreparation(
            Preflight preflight,
            MeshPlanner planner,
            RemovalPlanner removalPlanner,
            FoundVersions versions,
            ChangeKinds kinds,
            MembershipChange membership,
            TokenRotation tokens,
            IntermediateRotation intermediates,
            RootPhases roots,
            RotationRights rotationRights,
            UpgradeChecks upgradeChecks,
            AdoptableMesh adoptable,
            OvertakenRequest overtaken,
            Changes changes) {
        this.overtaken = overtaken;
        this.changes = changes;
        this.adoptable = adoptable;
        this.roots = roots;
        this.rotationRights = rotationRights;
        this.intermediates = intermediates;
        this.tokens = tokens;
        this.upgradeChecks = upgradeChecks;
        this.preflight = preflight;
        this.planner = planner;
        this.removalPlanner = removalPlanner;
        this.versions = versions;
        this.kinds = kinds;
        this.membership = membership;
    }

    /** Why the request no longer holds: another change has changed what it starts from. */
    Optional<Finding> overtaken(DelegateExecution execution) {
        return changes.find(ChangeId.of(execution))
                .flatMap(change ->
                        overtaken.finding(MeshVariable.read(execution), kinds.of(execution), change.started()));
    }

    public Findings preflight(DelegateExecution execution) {
        overtaken(execution).ifPresent(finding -> {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, finding);
        });
        Mesh mesh = MeshVariable.read(execution);
        return kinds.of(execution).match(new ChangeKind.Cases<Findings>() {

            @Override
            public Findings install(Install kind) {
                return passed(preflight
                        .run(mesh)
                        .with(membership.of(mesh))
                        .with(membership.upgrade(mesh, versions.before(mesh).versions())));
            }

            @Override
            public Findings verify(Verify kind) {
                return preflight.runBeforeVerification(mesh);
            }

            @Override
            public Findings remove(Remove kind) {
                return removalPlanner.check(mesh, kind.removal());
            }

            @Override
            public Findings takeOut(TakeOut kind) {
                return removalPlanner.check(mesh, kind.removal());
            }

            @Override
            public Findings add(Add kind) {
                return preflight.run(mesh);
            }

            @Override
            public Findings rotate(Rotate kind) {
                return passed(preflight
                        .runBeforeVerification(mesh)
                        .with(rotationRights.missing(mesh, kind))
                        .with(
                                switch (kind.credential()) {
                                    case REMOTE_TOKENS -> tokens.check(mesh, kind);
                                    case INTERMEDIATES -> intermediates.check(mesh, kind.clusters());
                                    case ROOT -> roots.check(ChangeId.of(execution), mesh);
                                }));
            }

            @Override
            public Findings upgrade(Upgrade kind) {
                return preflight.run(mesh).with(upgradeChecks.of(mesh));
            }

            @Override
            public Findings adopt(Adopt kind) {
                return beforeAdoption(mesh);
            }
        });
    }

    /** What was read at the request may have changed until now. */
    private Findings beforeAdoption(Mesh mesh) {
        Findings read = adoptable.read(mesh.clusters()).findings();
        try {
            Findings all = preflight.run(mesh).with(read.list());
            if (!all.blocking()) {
                return all;
            }
        } catch (StepFailed e) {
            throw new StepFailed(e.code(), read.with(e.findings()).grouped());
        }
        throw new StepFailed(FailureCode.PREFLIGHT_FAILED, read.grouped());
    }

    private static Findings passed(Findings findings) {
        if (findings.blocking()) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, findings.grouped());
        }
        return findings;
    }

    public Plan plan(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        return kinds.of(execution).match(new ChangeKind.Cases<Plan>() {

            @Override
            public Plan install(Install kind) {
                return planner.plan(mesh);
            }

            @Override
            public Plan verify(Verify kind) {
                return planner.planVerification(mesh);
            }

            @Override
            public Plan remove(Remove kind) {
                return removalPlanner.plan(mesh, kind.removal());
            }

            @Override
            public Plan takeOut(TakeOut kind) {
                return removalPlanner.plan(mesh, kind.removal());
            }

            @Override
            public Plan add(Add kind) {
                return planner.plan(mesh);
            }

            @Override
            public Plan rotate(Rotate kind) {
                return planner.planRotation(ChangeId.of(execution), mesh, kind);
            }

            @Override
            public Plan upgrade(Upgrade kind) {
                return planner.plan(mesh);
            }

            @Override
            public Plan adopt(Adopt kind) {
                return planner.planAdoption(mesh);
            }
        });
    }

    /**
     * For a removal, the text first says what goes and what stays; for an adoption, who installed the mesh; for an upgrade in
     * place, the order of the clusters.
     */
    public String text(DelegateExecution execution, Plan plan) {
        if (kinds.of(execution) instanceof Adopt) {
            return adoptable.read(plan.mesh().clusters()).facts() + "\n\n" + AdoptionText.of(plan);
        }
        String objects = PlanText.of(plan);
        if (plan.mesh().isUpgradeInPlace()) {
            return InPlaceUpgrade.text(plan) + "\n\n" + objects;
        }
        return kinds.of(execution)
                .removes()
                .map(removal -> drift(execution, plan) + RemovalText.of(plan, removal) + "\n\n" + objects)
                .orElse(objects);
    }

    /** Tells the approvers of the earlier plan why they are asked again. */
    private String drift(DelegateExecution execution, Plan plan) {
        return removalPlanner
                .drift(ChangeId.of(execution), plan)
                .map(moved -> "## What has moved since the approval\n\n" + moved + "\n\n## The plan as it is now\n\n")
                .orElse("");
    }

    /** The state before the change. */
    public Found found(DelegateExecution execution) {
        return versions.before(MeshVariable.read(execution));
    }
}
