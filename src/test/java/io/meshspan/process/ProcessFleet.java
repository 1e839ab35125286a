package io.meshspan.process;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sandbox clusters of one test, and the mesh that it makes of them. */
public record ProcessFleet(List<String> clusters, String mesh) {

    public String first() {
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

    /** Who holds a cluster; empty if nobody does. */
    String holder(String name) {
        Lease lease = TestApplication.SANDBOX
                .client(name)
                .leases()
                .inNamespace("kube-system")
                .withName("meshspan-change")
                .get();
        return lease == null ? "" : lease.getSpec().getHolderIdentity();
    }

    /** Writes to the Lease of a cluster. */
    long leaseWrites(String name) {
        return TestApplication.SANDBOX.writes(name).stream()
                .filter(write -> write.kind().equals("Lease"))
                .count();
    }

    public SandboxCluster cluster(String name) {
        return TestApplication.SANDBOX.cluster(name);
    }

    /**
     * Writes to all clusters from outside, but for the sample, which comes and goes with each verification, and for the
     * Lease, which every change takes and gives back.
     */
    List<Write> writes() {
        return clusters.stream()
                .flatMap(name -> TestApplication.SANDBOX.writes(name).stream())
                .filter(write -> !"sample".equals(write.namespace()) && !"sample".equals(write.name()))
                .filter(write -> !write.kind().equals("Lease"))
                .toList();
    }

    public PlayedChange request() {
        return request("multi-primary-multi-network");
    }

    public PlayedChange request(String process) {
        return PlayedChange.request(TestApplication.ENGINE, "olivia", process, mesh, inputs());
    }

    public PlayedChange request(String process, Map<String, Object> more) {
        Map<String, Object> inputs = inputs();
        inputs.putAll(more);
        return PlayedChange.request(TestApplication.ENGINE, "olivia", process, mesh, inputs);
    }

    /** The removal of the whole mesh, whose name is typed once more. */
    PlayedChange remove(Map<String, Object> more) {
        Map<String, Object> inputs = inputs();
        inputs.put("confirmMeshId", mesh);
        inputs.putAll(more);
        return PlayedChange.request(TestApplication.ENGINE, "olivia", "remove-mesh", mesh, inputs);
    }

    PlayedChange requestUrgently(String person) {
        Map<String, Object> inputs = inputs();
        inputs.put("urgent", true);
        return PlayedChange.request(TestApplication.ENGINE, person, "multi-primary-multi-network", mesh, inputs);
    }
}
