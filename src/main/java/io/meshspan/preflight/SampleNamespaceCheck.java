package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import org.springframework.stereotype.Component;

/** Is the namespace of the verification's sample free, or Meshspan's own? */
@Component
final class SampleNamespaceCheck implements Check {

    private final MeshVerification verification;

    SampleNamespaceCheck(MeshVerification verification) {
        this.verification = verification;
    }

    @Override
    public String name() {
        return "Sample's namespace";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return verification.sampleHindrance(cluster.cluster(), mesh).stream().toList();
    }

    @Override
    public List<Finding> checkBeforeVerification(Mesh mesh, ClusterSnapshot cluster) {
        return check(mesh, cluster);
    }
}
