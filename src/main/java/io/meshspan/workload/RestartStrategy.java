package io.meshspan.workload;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.meshspan.finding.FewNames;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a workload's own update strategy replaces its pods when its template changes.
 *
 * @param inPlace whether its controller replaces them by itself
 * @param gap whether all of its pods may be missing for some time
 */
public record RestartStrategy(boolean inPlace, boolean gap) {

    private static final String RECREATE = "Recreate";
    private static final String ON_DELETE = "OnDelete";
    private static final int PERCENT = 100;
    private static final int MOST_NAMED = 5;

    public static RestartStrategy of(Deployment deployment) {
        var strategy = deployment.getSpec().getStrategy();
        int replicas = replicas(deployment.getSpec().getReplicas());
        boolean recreated = strategy != null && RECREATE.equals(strategy.getType());
        Optional<RollingUpdateDeployment> rolling =
                strategy == null ? Optional.empty() : Optional.ofNullable(strategy.getRollingUpdate());
        int more = (int)
                Math.ceil(pods(rolling.map(RollingUpdateDeployment::getMaxSurge).orElse(null), replicas));
        int less = (int)
                pods(rolling.map(RollingUpdateDeployment::getMaxUnavailable).orElse(null), replicas);
        int missing = more == 0 && less == 0 ? 1 : less; // as the controller does, which could replace none otherwise
        return new RestartStrategy(true, replicas > 0 && (recreated || missing >= replicas));
    }

    public static RestartStrategy of(StatefulSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        boolean rolling = strategy == null || !ON_DELETE.equals(strategy.getType());
        return new RestartStrategy(rolling, replicas(set.getSpec().getReplicas()) == 1);
    }

    public static RestartStrategy of(DaemonSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        return new RestartStrategy(strategy == null || !ON_DELETE.equals(strategy.getType()), false);
    }

    /** Tells of workloads that may have no pod for some time; empty if there are none. */
    public static Optional<Finding> gapWarning(String where, Stream<ObjectRef> workloads, String advice) {
        return warning(
                where,
                workloads,
                "workloads that serve while they restart",
                "a strategy that may end all pods at once (one pod of a StatefulSet, Recreate, maxUnavailable) of %s",
                advice);
    }

    /**
     * Tells something of workloads that restart; empty if there are none.
     *
     * @param found with a place for their names
     */
    public static Optional<Finding> warning(
            String where, Stream<ObjectRef> workloads, String expected, String found, String advice) {
        List<String> names = workloads.map(ObjectRef::toString).toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        where,
                        "workloads that restart",
                        expected,
                        found.formatted(FewNames.of(names, MOST_NAMED)),
                        advice));
    }

    private static int replicas(@Nullable Integer replicas) {
        return Objects.requireNonNullElse(replicas, 1);
    }

    /** @param limit a quarter by Kubernetes' default */
    private static double pods(@Nullable IntOrString limit, int replicas) {
        if (limit == null) {
            return replicas / 4.0;
        }
        String text = String.valueOf(limit.getValue());
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) * replicas / PERCENT
                : Double.parseDouble(text);
    }
}
