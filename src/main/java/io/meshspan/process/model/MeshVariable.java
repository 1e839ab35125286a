package io.meshspan.process.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/** The mesh that a change is about, as a process variable that people can read in Cockpit. */
@Component("mesh")
public final class MeshVariable {

    public static final String NAME = "mesh";
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void write(DelegateExecution execution, Mesh mesh) {
        try {
            execution.setVariable(
                    NAME, SpinValues.jsonValue(JSON.writeValueAsString(mesh)).create());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mesh could not be written", e);
        }
    }

    public static Mesh read(VariableScope execution) {
        try {
            return JSON.readValue(String.valueOf(execution.getVariable(NAME)), Mesh.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("variable mesh is not a mesh", e);
        }
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
