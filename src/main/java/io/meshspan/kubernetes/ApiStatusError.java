package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;

/** What the API server says when it refuses a call of our own. */
final class ApiStatusError {

    private ApiStatusError() {}

    static KubernetesClientException by(KubernetesClient client, HttpResponse<String> answer) {
        try {
            Status status = client.getKubernetesSerialization().unmarshal(answer.body(), Status.class);
            return new KubernetesClientException(status.getMessage(), answer.code(), status);
        } catch (RuntimeException e) {
            return new KubernetesClientException("HTTP " + answer.code(), answer.code(), null);
        }
    }
}
