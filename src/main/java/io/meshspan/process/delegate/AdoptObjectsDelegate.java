package io.meshspan.process.delegate;

import io.meshspan.adoption.MeshAdoption;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.trust.InstalledCas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Adopt objects. */
@Component
final class AdoptObjectsDelegate implements JavaDelegate {

    private final MeshAdoption adoption;
    private final InstalledCas certificates;
    private final ApprovedMesh approved;
    private final ApprovedPlans plans;
    private final ChangeRecord record;

    AdoptObjectsDelegate(
            MeshAdoption adoption,
            InstalledCas certificates,
            ApprovedMesh approved,
            ApprovedPlans plans,
            ChangeRecord record) {
        this.adoption = adoption;
        this.certificates = certificates;
        this.approved = approved;
        this.plans = plans;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Set<Step> steps = Step.ofAdoption();
        Mesh mesh = approved.forAll(execution, steps);
        Map<ClusterName, List<ObjectRef>> objects = new TreeMap<>();
        mesh.clusters().forEach(name -> objects.put(name, plans.written(ChangeId.of(execution), name, steps)));
        record.applied(execution, adoption.adopt(mesh, objects));
        record.certificates(execution, certificates.of(mesh));
    }
}
