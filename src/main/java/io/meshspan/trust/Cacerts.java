package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.ClusterName;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The secret that istiod mounts at /etc/cacerts and signs workloads with. */
final class Cacerts {

    static final String NAMESPACE = "istio-system";
    static final String NAME = "cacerts";
    static final String OBJECT = "Secret istio-system/cacerts";

    private Cacerts() {}

    /** Makes a new intermediate of the CA for the cluster, with its own key. */
    static Secret issue(RootCa ca, ClusterName cluster, KeyType type, Validity validity) {
        KeyPair keys = type.generate();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(Issuer.intermediate(ca, cluster, keys.getPublic(), validity));
        chain.addAll(ca.path());
        return secret(chain, keys.getPrivate(), List.of(ca.root()));
    }

    /**
     * @param chain the intermediate first, then those above it
     * @param roots the roots that the workloads must trust
     */
    static Secret secret(List<X509Certificate> chain, PrivateKey privateKey, List<X509Certificate> roots) {
        byte[] key = Pem.encode(privateKey);
        try {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(NAME)
                    .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                    .endMetadata()
                    .withType("Opaque")
                    .addToData(CacertsForm.ISTIO.certificate(), base64(pem(chain.subList(0, 1))))
                    .addToData(CacertsForm.ISTIO.key(), base64(key))
                    .addToData(CacertsForm.ISTIO.root(), base64(pem(roots)))
                    .addToData(CacertsForm.ISTIO_CHAIN, base64(pem(chain)))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificates could not be encoded", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] pem(List<X509Certificate> certificates) throws GeneralSecurityException {
        return Pem.encode(certificates.toArray(X509Certificate[]::new));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
