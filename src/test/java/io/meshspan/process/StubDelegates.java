package io.meshspan.process;

import io.meshspan.engine.model.MeshVariable;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What delegates do in these tests, in place of work on a cluster. */
final class StubDelegates {

    static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                    Member.primary(new ClusterName("cluster2"), new NetworkName("network2"))));

    static final JavaDelegate SUCCEEDS = execution -> {};

    private StubDelegates() {}

    /** As the check of the inputs leaves them. */
    static JavaDelegate checkInputs() {
        return checkInputs(MESH);
    }

    static JavaDelegate checkInputs(Mesh mesh) {
        return execution -> {
            MeshVariable.write(execution, mesh);
            execution.setVariable("keepSample", false);
        };
    }

    static JavaDelegate fails(FailureCode code, String found) {
        return execution -> {
            throw new StepFailed(code, Finding.blocking("cluster1", "object", "something else", found, "Mend it."));
        };
    }

    static JavaDelegate sets(Map<String, Object> variables) {
        return execution -> execution.setVariables(variables);
    }

    /** As {@code WatchConditionDelegate}, but for the watch. */
    static JavaDelegate watch() {
        return execution -> {
            if (!execution.hasVariable("waitUntil")) {
                execution.setVariable("waitUntil", Date.from(Instant.now().plusSeconds(300)));
            }
        };
    }
}
