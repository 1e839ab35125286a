package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Writes of which only one of several at once gets through, which an apply does not offer. */
record OptimisticUpdate(KubernetesClient client) {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    boolean replace(HasMetadata object) {
        String seen = object.getMetadata().getResourceVersion();
        try {
            if (seen == null) {
                client.resource(object).create();
            } else {
                client.resource(object).lockResourceVersion(seen).update();
            }
            return true;
        } catch (KubernetesClientException e) {
            boolean late = e.getCode() == CONFLICT || (seen != null && e.getCode() == NOT_FOUND);
            if (late) {
                return false;
            }
            throw e;
        }
    }
}
