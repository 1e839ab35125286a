package io.meshspan.removal;

import io.meshspan.change.Removal;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.ClusterName;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists what is deleted from each cluster and what stays there, as Markdown. It comes before the plan of a removal. */
public final class RemovalText {

    private static final int FEW = 3;

    private RemovalText() {}

    public static String of(Plan plan, Removal removal) {
        String goes = plan.clusters().stream()
                .map(cluster -> removal.takesOut(cluster.member().cluster())
                        ? leaving(cluster, removal)
                        : staying(cluster, removal))
                .collect(Collectors.joining("\n"));
        return "### Removed and kept\n\n" + goes;
    }

    private static String leaving(ClusterPlan plan, Removal removal) {
        Map<Phase, Long> phases = plan.objects().stream()
                .filter(object -> object.outcome() == ApplyOutcome.DELETED)
                .collect(Collectors.groupingBy(
                        object -> Phase.of(object.object()), () -> new EnumMap<>(Phase.class), Collectors.counting()));
        long all = phases.values().stream().mapToLong(Long::longValue).sum();
        String goes = phases.entrySet().stream()
                .map(phase -> "%s %d".formatted(words(phase.getKey()), phase.getValue()))
                .collect(Collectors.joining(", "));
        List<String> stays = new ArrayList<>();
        if (!removal.crds()) {
            stays.add("Istio's CRDs");
        }
        stays.add("what Meshspan did not make");
        return "- **%s** leaves the mesh: %s.%s Stays: %s."
                .formatted(
                        plan.member().cluster(),
                        all == 0 ? "nothing of Meshspan's is there" : objects(all) + " (" + goes + ")",
                        losesMarks(plan) ? " Namespace istio-system loses Meshspan's labels." : "",
                        String.join(", ", stays));
    }

    private static boolean losesMarks(ClusterPlan plan) {
        return plan.objects().stream().anyMatch(object -> object.outcome() == ApplyOutcome.PATCHED);
    }

    private static String staying(ClusterPlan plan, Removal removal) {
        String others = removal.clusters().size() > FEW
                ? removal.clusters().size() + " clusters"
                : removal.clusters().stream().map(ClusterName::value).collect(Collectors.joining(", "));
        long secrets = plan.objects().size();
        return secrets == 0
                ? "- **%s** stays in the mesh. Nothing is removed."
                        .formatted(plan.member().cluster())
                : "- **%s** stays in the mesh: %s, its access to %s. Stays: everything else."
                        .formatted(plan.member().cluster(), objects(secrets), others);
    }

    private static String objects(long count) {
        return count == 1 ? "1 object goes" : count + " objects go";
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case SAMPLE -> "HelloWorld";
            case REMOTE_SECRETS -> "remote secrets";
            case EXPOSURE -> "exposed services";
            case GATEWAYS -> "gateways";
            case CONTROL_PLANE -> "control plane";
            case BASE -> "trust and readers";
            case NAMESPACE -> "namespaces";
            case CRDS -> "CRDs with every object of their kinds";
        };
    }
}
