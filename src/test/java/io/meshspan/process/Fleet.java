package io.meshspan.process;

import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The two sandbox clusters of one test, and the mesh that it makes of them. */
record Fleet(String first, String second, String mesh) {

    Map<String, Object> inputs() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", mesh);
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", first + "," + second);
        inputs.put("reason", "a test");
        return inputs;
    }

    SandboxCluster cluster(String name) {
        return Application.SANDBOX.cluster(name);
    }

    /** Writes to both clusters from outside, but for the sample, which comes and goes with each verification. */
    List<Write> writes() {
        return Stream.of(first, second)
                .flatMap(name -> Application.SANDBOX.writes(name).stream())
                .filter(write -> !"sample".equals(write.namespace()) && !"sample".equals(write.name()))
                .toList();
    }

    Change request() {
        return Change.request(Application.ENGINE, "olivia", "multi-primary-multi-network", mesh, inputs());
    }
}
