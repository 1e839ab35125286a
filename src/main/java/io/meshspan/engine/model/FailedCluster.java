package io.meshspan.engine.model;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * The cluster where a step failed: the cluster for which its process was called, or the only cluster that the failure names.
 */
public final class FailedCluster {

    private FailedCluster() {}

    public static Optional<ClusterName> of(VariableScope scope) {
        return value(scope, VariableNames.CLUSTER).or(() -> value(scope, VariableNames.FAILED_CLUSTER));
    }

    /** Writes the cluster if all findings are about one cluster of the mesh. */
    public static void write(VariableScope scope, Collection<Finding> findings) {
        if (scope.getVariable(MeshVariable.NAME) != null) {
            write(scope, among(MeshVariable.read(scope), findings));
        }
    }

    public static void write(VariableScope scope, Optional<ClusterName> cluster) {
        scope.setVariable(
                VariableNames.FAILED_CLUSTER, cluster.map(ClusterName::value).orElse(""));
    }

    /** Writes the cluster of a fault. Each line of the fault starts with its cluster, if it has one. */
    public static void writeNamed(VariableScope scope, String fault) {
        if (scope.getVariable(MeshVariable.NAME) != null) {
            List<ClusterName> named = MeshVariable.read(scope).clusters().stream()
                    .filter(cluster -> fault.lines().anyMatch(line -> isAbout(line, cluster)))
                    .toList();
            write(scope, named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty());
        }
    }

    private static boolean isAbout(String line, ClusterName cluster) {
        return line.startsWith(cluster + ",") || line.startsWith(cluster + ":");
    }

    /**
     * Of a called process that ends with an error: its caller, if it calls for several clusters, no longer knows for which one.
     * A caller that works in the whole mesh may pass the error on, and then its own caller needs the name, too.
     */
    public static void tellCaller(DelegateExecution called) {
        Optional<ClusterName> failed = of(called);
        ExecutionEntity caller = ((ExecutionEntity) called).getProcessInstance().getSuperExecution();
        while (caller != null) {
            ExecutionEntity process = caller.getProcessInstance();
            write(process, failed);
            caller = process.getVariable(VariableNames.CLUSTER) == null ? process.getSuperExecution() : null;
        }
    }

    private static Optional<ClusterName> among(Mesh mesh, Collection<Finding> findings) {
        List<String> places = findings.stream()
                .filter(finding -> finding.severity() == Severity.BLOCKING)
                .map(Finding::where)
                .distinct()
                .toList();
        return mesh.clusters().stream()
                .filter(cluster -> places.equals(List.of(cluster.value())))
                .findFirst();
    }

    private static Optional<ClusterName> value(VariableScope scope, String name) {
        return scope.getVariable(name) instanceof String text && !text.isEmpty()
                ? Optional.of(new ClusterName(text))
                : Optional.empty();
    }
}
