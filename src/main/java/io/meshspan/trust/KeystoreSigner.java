package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Signs with the root, or with an issuing CA below it, from the keystore of this service. */
final class KeystoreSigner implements CaSigner {

    private final RootKeystore keystore;
    private final TrustProperties properties;
    private final boolean renews;

    KeystoreSigner(RootKeystore keystore, TrustProperties properties) {
        this(keystore, properties, false);
    }

    /** @param renews whether there are intermediates already, from which the new ones must be told apart */
    KeystoreSigner(RootKeystore keystore, TrustProperties properties, boolean renews) {
        this.renews = renews;
        this.keystore = keystore;
        this.properties = properties;
    }

    @Override
    public String describe() {
        return properties.source() == TrustSource.ISSUER
                ? "the issuing CA in the keystore"
                : "the root in the keystore";
    }

    @Override
    public List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now) {
        try {
            return keystore.dates(keystore.open(), now);
        } catch (StepFailed unusable) {
            return unusable.findings();
        }
    }

    @Override
    public List<X509Certificate> roots() {
        return List.of(keystore.root());
    }

    /** Opens the keystore once for all clusters. */
    @Override
    public SortedMap<ClusterName, Secret> issue(
            Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        RootCa ca = keystore.open();
        Instant now = Instant.now();
        Validity usual = Validity.startingBefore(now, properties.intermediateValidity());
        Validity validity = renews ? usual.endingApart(ca.certificate(), now) : usual;
        return clusters.inEach(lacking, cluster -> Cacerts.issue(ca, cluster.name(), properties.keyType(), validity));
    }
}
