package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;

/**
 * A server-side apply of which nobody needs the result: the API server answers with metadata alone, and leaves out the
 * second reading of the body by which it would find fields to warn of. For Istio's CRDs, a megabyte a cluster, either is a
 * good part of the work.
 */
final class MetadataOnlyApply {

    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;

    MetadataOnlyApply(KubernetesClient client, ApiDiscovery apiDiscovery) {
        this.client = client;
        this.apiDiscovery = apiDiscovery;
    }

    /** @throws KubernetesClientException with the API server's status if it refuses, without one if it does not answer */
    void send(GenericKubernetesResource wanted, boolean dryRun) {
        HttpRequest request = Connection.request(client, path(wanted) + (dryRun ? "&dryRun=All" : ""))
                .method("PATCH", APPLY, client.getKubernetesSerialization().asJson(wanted))
                .header("Accept", METADATA)
                .build();
        HttpResponse<String> answer = TransientRetry.ifLost(
                () -> FutureResult.to(client.getHttpClient().sendAsync(request, String.class)));
        if (!answer.isSuccessful()) {
            throw ApiStatusError.by(client, answer);
        }
    }

    /** The API server gives it up when this service does, and not after its own 34 s. */
    private long seconds() {
        return Math.max(
                1,
                Duration.ofMillis(client.getConfiguration().getRequestTimeout()).toSeconds());
    }

    private String path(GenericKubernetesResource wanted) {
        ObjectRef object = ObjectRef.of(wanted);
        return apiDiscovery
                .find(object.apiVersion(), object.kind())
                .map(kind -> "%s/%s?fieldManager=%s&force=true&fieldValidation=Ignore&timeout=%ds"
                        .formatted(
                                ResourcePath.of(object).path(kind),
                                object.name(),
                                DryRunPatch.FIELD_MANAGER,
                                seconds()))
                .orElseThrow(() -> new KubernetesClientException("%s is not served".formatted(object)));
    }
}
