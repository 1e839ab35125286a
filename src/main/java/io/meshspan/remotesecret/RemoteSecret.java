package io.meshspan.remotesecret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.Member;
import java.util.Optional;

/**
 * The Secret that a reading control plane has for each cluster that it watches, as istioctl writes it
 * (istioctl/pkg/multicluster/remote_secret.go).
 */
final class RemoteSecret {

    static final String NAMESPACE = "istio-system";

    /** When its token ends, for people and other tools; Meshspan reads the token's own claims. */
    private static final String EXPIRATION = "meshspan.io/token-expiration";

    private RemoteSecret() {}

    /**
     * istiod takes the cluster's name from the data key, so the key must be the name of the described cluster.
     *
     * @param ends when its token ends, if that is a bound one
     */
    static Secret desired(Member target, String encodedKubeconfig, Optional<String> ends) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(target.remoteSecret())
                .withNamespace(NAMESPACE)
                .addToLabels("istio/multiCluster", "true")
                .addToAnnotations(
                        "networking.istio.io/cluster", target.istioName().value())
                .endMetadata()
                .withType("Opaque")
                .addToData(target.istioName().value(), encodedKubeconfig)
                .build();
        ends.ifPresent(when -> secret.getMetadata().getAnnotations().put(EXPIRATION, when));
        return secret;
    }
}
