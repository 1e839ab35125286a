package io.meshspan.engine.model;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.mesh.UpgradeRules;
import io.meshspan.plan.ExcludedClusters;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The mesh of a change, as a process variable that people can read in Cockpit. */
@Component("members")
public final class MeshVariable {

    public static final String NAME = "mesh";
    private static final String IN_TURN = "inTurn";

    private final Function<String, Set<ClusterName>> leftOut;

    @Autowired
    MeshVariable(ObjectProvider<ExcludedClusters> leftOut) {
        this(change -> leftOut.getObject().names(change));
    }

    /** @param leftOut finds the excluded clusters by the id of a change */
    public MeshVariable(Function<String, Set<ClusterName>> leftOut) {
        this.leftOut = leftOut;
    }

    public static void write(VariableScope scope, Mesh mesh) {
        JsonVariable.write(scope, NAME, mesh);
    }

    public static Mesh read(VariableScope scope) {
        return JsonVariable.read(scope, NAME, Mesh.class);
    }

    /** The mesh without the clusters that were excluded later. */
    public Mesh staying(DelegateExecution execution) {
        return read(execution).without(leftOut.apply(ChangeId.of(execution)));
    }

    /** Whether the cluster of this called process is still part of the change. */
    public boolean stays(DelegateExecution execution) {
        return !leftOut.apply(ChangeId.of(execution)).contains(CalledCluster.cluster(execution));
    }

    /** The failed cluster that a person was asked about. */
    public String failed(DelegateExecution execution) {
        return FailedCluster.of(execution).map(ClusterName::value).orElse("");
    }

    /** For the diagrams, like the methods below: one called process for each of these. */
    public List<String> primaries(DelegateExecution execution) {
        return names(staying(execution).primaries());
    }

    public List<String> remotes(DelegateExecution execution) {
        return names(staying(execution).remotes());
    }

    /** All of them, remotes before the primaries that serve them. */
    public List<String> clusters(DelegateExecution execution) {
        Mesh mesh = staying(execution);
        return Stream.concat(names(mesh.remotes()).stream(), names(mesh.primaries()).stream())
                .toList();
    }

    /** One after the other: each primary, and after it the remotes that it serves. */
    public List<String> inOrderOfUpgrade(DelegateExecution execution) {
        return names(UpgradeRules.order(staying(execution)));
    }

    /**
     * These clusters, as they were when the loop over them began. The engine asks for the list before each turn of a loop; if
     * a cluster was excluded since, the next turn would skip one.
     */
    public List<String> inTurn(DelegateExecution execution, List<String> now) {
        String begun = (String) execution.getVariable(IN_TURN);
        if (begun == null) {
            execution.setVariableLocal(IN_TURN, String.join(" ", now));
            return now;
        }
        return begun.isEmpty() ? List.of() : List.of(begun.split(" ", -1));
    }

    /** Whether this cluster has a control plane of its own. */
    public boolean isPrimary(DelegateExecution execution) {
        return read(execution).member(CalledCluster.cluster(execution)).role() == Role.PRIMARY;
    }

    /** The primaries with an east-west gateway. */
    public List<String> primaryGateways(DelegateExecution execution) {
        return names(staying(execution).gateways().stream()
                .filter(member -> member.role() == Role.PRIMARY)
                .toList());
    }

    /** The remotes with an east-west gateway, for the diagrams of earlier releases. */
    public List<String> remoteGateways(DelegateExecution execution) {
        return names(staying(execution).gateways().stream()
                .filter(member -> member.role() == Role.REMOTE)
                .toList());
    }

    /** Whether the cluster for which the process was called has an east-west gateway. */
    public boolean hasGateway(DelegateExecution execution) {
        ClusterName cluster = CalledCluster.cluster(execution);
        return staying(execution).gateways().stream().map(Member::cluster).anyMatch(cluster::equals);
    }

    /** Whether a change called this process and passed its mesh. A process that somebody starts has no mesh yet. */
    public boolean handedOver(DelegateExecution execution) {
        return isHandedOver(execution);
    }

    private static boolean isHandedOver(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getProcessInstance().getSuperExecution() != null;
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::cluster).map(ClusterName::value).toList();
    }
}
