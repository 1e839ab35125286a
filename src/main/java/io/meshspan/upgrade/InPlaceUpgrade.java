package io.meshspan.upgrade;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.UpgradeRules;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an upgrade in place means for its approver: the order of the clusters, and what is interrupted in each. */
public final class InPlaceUpgrade {

    private InPlaceUpgrade() {}

    /** As Markdown, to stand before the objects. */
    public static String text(Plan plan) {
        Mesh mesh = plan.mesh();
        Map<ClusterName, ClusterPlan> plans = plan.clusters().stream()
                .collect(Collectors.toMap(cluster -> cluster.member().cluster(), Function.identity()));
        List<String> lines = new ArrayList<>();
        lines.add("## Order, and what is interrupted");
        lines.add("");
        lines.add("1. CRDs and roles in all clusters, remotes first. Nothing is interrupted.");
        for (Member member : UpgradeRules.order(mesh)) {
            ClusterPlan own = plans.get(member.cluster());
            if (own != null) {
                lines.add("%d. %s: %s".formatted(lines.size() - 1, member.inWords(), interrupted(mesh, own)));
            }
        }
        lines.add("");
        lines.add(
                "Before each cluster, the mesh is verified with calls between all clusters, and the proxies are counted by"
                        + " version. The first cluster that fails stops the rest: a person decides whether to try again, to go on"
                        + " without it, to roll back or to stop.");
        lines.add("");
        lines.add(
                "Workloads keep the proxies of Istio %s until they restart; this change restarts none. Restart them when it suits, before the next minor."
                        .formatted(mesh.replaced().orElseThrow().version()));
        return String.join("\n", lines);
    }

    private static String interrupted(Mesh mesh, ClusterPlan plan) {
        List<String> parts = new ArrayList<>();
        if (plan.member().role() == Role.PRIMARY) {
            parts.add(
                    restarts(plan, Step.CONTROL_PLANE)
                            ? "istiod restarts. Proxies keep their configuration; until the newer istiod is ready, new pods wait"
                                    + (mesh.servesRemotes(plan.member()) ? ", in its remotes, too" : "")
                            : "istiod does not restart");
        } else {
            parts.add("no istiod of its own; webhooks and roles change without an interruption");
        }
        if (restarts(plan, Step.GATEWAY)) {
            parts.add(
                    "the east-west gateway restarts by its rollout: connections through it are closed and opened again");
        }
        if (restarts(plan, Step.INGRESS_GATEWAY)) {
            parts.add("so does the ingress gateway");
        }
        return String.join("; ", parts);
    }

    private static boolean restarts(ClusterPlan plan, Step step) {
        return plan.objects().stream()
                .filter(object -> object.step() == step && object.outcome() == ApplyOutcome.PATCHED)
                .map(PlannedObject::object)
                .anyMatch(object -> object.kind().equals("Deployment"));
    }
}
