package io.meshspan.process.model;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The mesh that a change is about, as a process variable that people can read in Cockpit. */
@Component("members")
public final class MeshVariable {

    public static final String NAME = "mesh";

    public static void write(VariableScope scope, Mesh mesh) {
        JsonVariable.write(scope, NAME, mesh);
    }

    public static Mesh read(VariableScope scope) {
        return JsonVariable.read(scope, NAME, Mesh.class);
    }

    /** For the diagrams: one called process for each of these. */
    public List<String> primaries(DelegateExecution execution) {
        return read(execution).primaries().stream()
                .map(Member::cluster)
                .map(ClusterName::value)
                .toList();
    }

    /** For the diagrams: one called process for each of these. */
    public List<String> clusters(DelegateExecution execution) {
        return read(execution).clusters().stream().map(ClusterName::value).toList();
    }
}
