package io.meshspan.remotesecret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.mesh.ClusterName;

/**
 * What a reading control plane holds for each cluster that it watches, as istioctl writes it
 * (istioctl/pkg/multicluster/remote_secret.go).
 */
final class RemoteSecret {

    static final String NAMESPACE = "istio-system";

    private RemoteSecret() {}

    /** istiod takes the cluster's name from the data key: it must be the name of the described cluster. */
    static Secret desired(ClusterName target, String encodedKubeconfig) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(target))
                .withNamespace(NAMESPACE)
                .addToLabels("istio/multiCluster", "true")
                .addToAnnotations("networking.istio.io/cluster", target.value())
                .endMetadata()
                .withType("Opaque")
                .addToData(target.value(), encodedKubeconfig)
                .build();
    }

    static String name(ClusterName target) {
        return "istio-remote-secret-" + target;
    }
}
