package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Who signs intermediates for the clusters that have no {@code cacerts} yet. */
interface CaSigner {

    /** Who it is, as people read it. */
    String describe();

    /** All that can be known to be wrong before anything is signed. */
    List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now);

    /**
     * What the clusters will trust, or empty if only its answer tells.
     *
     * @throws io.meshspan.finding.StepFailed if it cannot sign
     */
    List<X509Certificate> roots();

    /**
     * An intermediate for each, with a key of its own, which nothing keeps but the result.
     *
     * @param marked marks an object that a removal must find again
     * @throws io.meshspan.finding.TransientException if an answer is not there yet
     * @throws io.meshspan.finding.StepFailed if it refuses
     */
    SortedMap<ClusterName, Secret> issue(Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked);

    /** What was only needed until {@code cacerts} was written may go. */
    default void written(Cluster cluster) {}
}
