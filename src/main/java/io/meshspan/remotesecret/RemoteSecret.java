package io.meshspan.remotesecret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.Member;

/**
 * The Secret that a reading control plane has for each cluster that it watches, as istioctl writes it
 * (istioctl/pkg/multicluster/remote_secret.go).
 */
final class RemoteSecret {

    static final String NAMESPACE = "istio-system";

    private RemoteSecret() {}

    /** istiod takes the cluster's name from the data key, so the key must be the name of the described cluster. */
    static Secret desired(Member target, String encodedKubeconfig) {
        return new SecretBuilder()
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
    }
}
