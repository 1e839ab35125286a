package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The steps of verifying a mesh. No step waits, and each can be repeated. */
@Component
public class MeshVerification {

    private final ControlPlanesSynced controlPlanesSynced;
    private final SampleDeployment sample;
    private final SampleReady sampleReady;
    private final CrossClusterCalls calls;

    MeshVerification(
            ControlPlanesSynced controlPlanesSynced,
            SampleDeployment sample,
            SampleReady sampleReady,
            CrossClusterCalls calls) {
        this.controlPlanesSynced = controlPlanesSynced;
        this.sample = sample;
        this.sampleReady = sampleReady;
        this.calls = calls;
    }

    /** Asks every Ready istiod once. The caller asks again while {@link ControlPlaneReport#synced()} is false. */
    public ControlPlaneReport controlPlanes(Mesh mesh) {
        return controlPlanesSynced.read(mesh);
    }

    /** Asks every Ready istiod of a primary once for a metric; by pod. */
    public SortedMap<String, IstiodMetric> metric(Mesh mesh, ClusterName primary, String name) {
        return controlPlanesSynced.metric(mesh, primary, name);
    }

    /** Asks every Ready istiod once for the endpoints that it has of each cluster. */
    public EndpointReport endpoints(Mesh mesh) {
        return controlPlanesSynced.endpoints(mesh);
    }

    /** The same for the control plane of one cluster. */
    public ControlPlaneReport controlPlane(Mesh mesh, ClusterName primary) {
        return controlPlanesSynced.read(mesh, List.of(primary));
    }

    /** Asks every Ready istiod outside of these clusters once whether it still lists one of them. */
    public boolean forgotten(Mesh mesh, Collection<ClusterName> gone) {
        return controlPlanesSynced.forgot(mesh, gone);
    }

    /**
     * Applies the sample in every cluster.
     *
     * @throws io.meshspan.finding.StepFailed INVALID if a namespace of that name exists that Meshspan did not create; then
     *     nothing was written
     */
    public List<AppliedObject> deploySample(Mesh mesh) {
        return sample.deploy(mesh);
    }

    /** The sample's objects in a cluster, in the order in which they are applied. */
    public List<HasMetadata> sample(Mesh mesh, ClusterName cluster) {
        return sample.in(mesh, cluster);
    }

    /**
     * Checks whether the sample can be deployed in every cluster.
     *
     * @throws io.meshspan.finding.StepFailed INVALID if a namespace of that name exists that Meshspan did not create
     * @throws io.meshspan.finding.TransientException while the namespace of an earlier verification is being removed
     */
    public void requireRoom(Mesh mesh) {
        sample.requireRoom(mesh);
    }

    /** The sample's namespace in every cluster. */
    public String sampleNamespace() {
        return sample.namespace();
    }

    /** What will prevent the sample in a cluster, as far as it is known now. */
    public Optional<Finding> sampleHindrance(Cluster cluster, Mesh mesh) {
        return sample.hindrance(cluster, mesh.id());
    }

    /** Completes when the sample is ready in every cluster; cancel it to stop watching. */
    public CompletableFuture<?> sampleReady(Mesh mesh) {
        return sampleReady.when(mesh);
    }

    /** Calls HelloWorld from every cluster until the result is clear; takes at most a minute plus a second for each call. */
    public CallReport call(Mesh mesh) {
        return calls.call(mesh);
    }

    /** Deletes the sample's namespaces that Meshspan created. Does not wait until they are gone. */
    public List<AppliedObject> removeSample(Mesh mesh) {
        return sample.remove(mesh);
    }

    public VerificationReport report(ControlPlaneReport controlPlanes, CallReport calls) {
        List<Finding> findings = Stream.concat(
                        ControlPlaneFindings.of(controlPlanes).stream(),
                        new CallFindings(controlPlanes, calls).list().stream())
                .toList();
        return new VerificationReport(controlPlanes, calls, findings);
    }
}
