package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What a running istiod writes into its own cluster: the webhooks' trust, and its root for every namespace. */
final class IstiodController implements Controller {

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String ROOT = "istio-ca-root-cert";
    private static final List<String> LEFT_ALONE = List.of("kube-system", "kube-public", "kube-node-lease");

    @Override
    public void reconcile(RunningCluster cluster) {
        cluster.istiod().pod().ifPresent(pod -> {
            String root = cluster.istiod().root(pod);
            armWebhooks(cluster.store(), "mutatingwebhookconfigurations", root);
            armWebhooks(cluster.store(), "validatingwebhookconfigurations", root);
            for (ObjectNode namespace : cluster.store().list("", "namespaces", "")) {
                String name = Json.name(namespace);
                if (!LEFT_ALONE.contains(name) && !namespace.path("metadata").has("deletionTimestamp")) {
                    publish(cluster.store(), name, root);
                }
            }
        });
    }

    private static void armWebhooks(Store store, String plural, String root) {
        String bundle = Base64.getEncoder().encodeToString(root.getBytes(StandardCharsets.UTF_8));
        for (ObjectNode configuration : store.list(GROUP, plural, "")) {
            if (Json.labels(configuration).containsKey("istio.io/rev")) {
                store.edit(new Key(GROUP, plural, "", Json.name(configuration)), live -> {
                    for (JsonNode webhook : live.path("webhooks")) {
                        ((ObjectNode) webhook).put("failurePolicy", "Fail");
                        ((ObjectNode) webhook).withObject("/clientConfig").put("caBundle", bundle);
                    }
                });
            }
        }
    }

    private static void publish(Store store, String namespace, String root) {
        store.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(ROOT)
                .withNamespace(namespace)
                .addToLabels("istio.io/config", "true")
                .endMetadata()
                .build());
        store.edit(
                new Key("", "configmaps", namespace, ROOT),
                live -> live.withObject("/data").put("root-cert.pem", root));
    }
}
