package io.meshspan.plan;

import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.difference.ContentHash;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.trust.DesiredCa;
import io.meshspan.trust.MeshTrust;
import io.meshspan.trust.RootRotation;
import io.meshspan.workload.ProxiedWorkloads;
import io.meshspan.workload.ProxiedWorkloads.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** All objects that the phases of a change of the root write to a cluster. They are the same before, between and after the phases. */
@Component
final class RootRotationObjects {

    private final RootRotation roots;
    private final ApprovedRecords approvals;
    private final Clusters clusters;

    RootRotationObjects(RootRotation roots, ApprovedRecords approvals, Clusters clusters) {
        this.roots = roots;
        this.approvals = approvals;
        this.clusters = clusters;
    }

    DesiredObjects of(String change, Mesh mesh, Set<Step> steps) {
        List<ClusterName> signed = steps.contains(Step.TRUST) ? signed(change, mesh) : List.of();
        Optional<DesiredCa> desired = signed.isEmpty() ? Optional.empty() : Optional.of(roots.desired(change, mesh));
        return (member, approved) -> {
            List<DesiredObject> objects = new ArrayList<>();
            desired.filter(ca -> signed.contains(member.cluster()))
                    .map(ca -> DesiredObject.cacerts(ca, cluster -> roots.preview(change, cluster)))
                    .ifPresent(objects::add);
            if (steps.contains(Step.CONTROL_PLANE) && member.role() == Role.PRIMARY) {
                objects.add(restarted(
                        Step.CONTROL_PLANE,
                        IstiodRestart.deployment(mesh),
                        "restarts in each phase: it reads a changed root only at its start"));
            }
            if (steps.contains(Step.WORKLOAD_RESTART)) {
                ProxiedWorkloads.in(clusters.get(member.cluster())).workloads().stream()
                        .map(Workload::object)
                        .map(workload -> restarted(
                                Step.WORKLOAD_RESTART,
                                workload,
                                "restarts in the first two phases, for a certificate of each"))
                        .forEach(objects::add);
            }
            return objects;
        };
    }

    /** As the first approved plan says, or else as they are. */
    private List<ClusterName> signed(String change, Mesh mesh) {
        List<ClusterName> approved = mesh.clusters().stream()
                .filter(name -> approvals.plans(change, name).stream()
                        .findFirst()
                        .flatMap(plan -> plan.find(MeshTrust.CACERTS))
                        .isPresent())
                .toList();
        return approved.isEmpty() ? roots.concerned(mesh) : approved;
    }

    private static DesiredObject restarted(Step step, ObjectRef workload, String note) {
        return new DesiredObject(
                step,
                workload,
                ContentHash.of("restarts"),
                false,
                note,
                cluster -> new DryRunResult(
                        cluster.name(),
                        workload,
                        ApplyOutcome.PATCHED,
                        List.of(new FieldChange(
                                "spec.template.metadata.annotations", "as it is", "the time of its restart")),
                        true));
    }
}
