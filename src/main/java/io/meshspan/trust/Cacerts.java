package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.ClusterName;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/** The secret that istiod mounts at /etc/cacerts and signs workloads with. */
final class Cacerts {

    static final String NAMESPACE = "istio-system";
    static final String NAME = "cacerts";
    static final String OBJECT = "Secret istio-system/cacerts";

    private Cacerts() {}

    /** A new intermediate of the root for the cluster, with a key of its own. */
    static Secret issue(RootCa root, ClusterName cluster, KeyType type, Validity validity) {
        KeyPair keys = type.generate();
        X509Certificate intermediate = Issuer.intermediate(root, cluster, keys.getPublic(), validity);
        byte[] key = Pem.encode(keys.getPrivate());
        try {
            return secret(intermediate, key, root.certificate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates of %s could not be encoded".formatted(cluster), e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Secret secret(X509Certificate intermediate, byte[] key, X509Certificate root)
            throws GeneralSecurityException {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                .endMetadata()
                .withType("Opaque")
                .addToData(CacertsForm.ISTIO.certificate(), base64(Pem.encode(intermediate)))
                .addToData(CacertsForm.ISTIO.key(), base64(key))
                .addToData(CacertsForm.ISTIO.root(), base64(Pem.encode(root)))
                .addToData(CacertsForm.ISTIO_CHAIN, base64(Pem.encode(intermediate, root)))
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
