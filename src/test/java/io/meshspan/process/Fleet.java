package io.meshspan.process;

import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sandbox clusters of one test, and the mesh that it makes of them. */
record Fleet(List<String> clusters, String mesh) {

    String first() {
        return clusters.get(0);
    }

    String second() {
        return clusters.get(1);
    }

    String third() {
        return clusters.get(2);
    }

    Map<String, Object> inputs() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", mesh);
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", String.join(",", clusters));
        inputs.put("reason", "a test");
        return inputs;
    }

    SandboxCluster cluster(String name) {
        return Application.SANDBOX.cluster(name);
    }

    /** Writes to all clusters from outside, but for the sample, which comes and goes with each verification. */
    List<Write> writes() {
        return clusters.stream()
                .flatMap(name -> Application.SANDBOX.writes(name).stream())
                .filter(write -> !"sample".equals(write.namespace()) && !"sample".equals(write.name()))
                .toList();
    }

    Change request() {
        return request("multi-primary-multi-network");
    }

    Change request(String process) {
        return Change.request(Application.ENGINE, "olivia", process, mesh, inputs());
    }
}
