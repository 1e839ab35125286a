package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Signs intermediates for the clusters that have no {@code cacerts} yet. */
interface CaSigner {

    /** The signer's name for people. */
    String describe();

    /** Everything that is known to be wrong before the signer signs anything. */
    List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now);

    /**
     * The roots that the clusters will trust. Empty if they are only known from the signer's answer.
     *
     * @throws io.meshspan.finding.StepFailed if it cannot sign
     */
    List<X509Certificate> roots();

    /**
     * Asks for what others sign later, where that is not asked for already. A signer that answers at once does nothing.
     *
     * @param marked marks an object that a removal must find again
     */
    default List<AppliedObject> request(Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        return List.of();
    }

    /**
     * Makes one intermediate for each cluster, each with its own key. Only the result holds the keys.
     *
     * @param marked marks an object that a removal must find again
     * @throws io.meshspan.finding.TransientException if there is no answer yet
     * @throws io.meshspan.finding.StepFailed if it refuses
     */
    SortedMap<ClusterName, Secret> issue(Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked);

    /** Deletes what the signer needed only until {@code cacerts} was written. */
    default void written(Cluster cluster) {}
}
