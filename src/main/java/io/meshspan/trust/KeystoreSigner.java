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
    private final boolean next;

    KeystoreSigner(RootKeystore keystore, TrustProperties properties) {
        this(keystore, properties, false);
    }

    /** @param renews whether there are intermediates already, from which the new ones must be told apart */
    KeystoreSigner(RootKeystore keystore, TrustProperties properties, boolean renews) {
        this(keystore, properties, renews, false);
    }

    private KeystoreSigner(RootKeystore keystore, TrustProperties properties, boolean renews, boolean next) {
        this.renews = renews;
        this.next = next;
        this.keystore = keystore;
        this.properties = properties;
    }

    /** Signs with the root that follows the one in the keystore; makes it if it is not there yet. */
    static KeystoreSigner ofNextRoot(RootKeystore keystore, TrustProperties properties) {
        return new KeystoreSigner(keystore, properties, true, true);
    }

    @Override
    public String describe() {
        if (next) {
            return "the new root beside the keystore";
        }
        return properties.source() == TrustSource.ISSUER
                ? "the issuing CA in the keystore"
                : "the root in the keystore";
    }

    @Override
    public List<Finding> check(Clusters clusters, List<ClusterName> lacking, Instant now) {
        try {
            return keystore.dates(open(), now);
        } catch (StepFailed unusable) {
            return unusable.findings();
        }
    }

    @Override
    public List<X509Certificate> roots() {
        return List.of(next ? keystore.nextRoot() : keystore.root());
    }

    /** Opens the keystore once for all clusters. */
    @Override
    public SortedMap<ClusterName, Secret> issue(
            Clusters clusters, List<ClusterName> lacking, UnaryOperator<Secret> marked) {
        RootCa ca = open();
        Instant now = Instant.now();
        Validity usual = Validity.startingBefore(now, properties.intermediateValidity());
        Validity validity = renews ? usual.endingApart(ca.certificate(), now) : usual;
        return clusters.inEach(lacking, cluster -> Cacerts.issue(ca, cluster.name(), properties.keyType(), validity));
    }

    private RootCa open() {
        return next ? keystore.openNext() : keystore.open();
    }
}
