package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * What a running istiod writes into its own cluster: the webhooks' trust, and its root for every namespace. In a remote
 * that it leads it trusts the injection webhook alone, at once, and publishes its root a moment later
 * (pilot/pkg/serviceregistry/kube/controller/multicluster.go).
 */
final class IstiodController implements Controller {

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String MUTATING = "mutatingwebhookconfigurations";
    private static final Duration ROOTS_DELAY = Duration.ofMillis(50);
    private static final String ROOT = "istio-ca-root-cert";
    private static final List<String> LEFT_ALONE = List.of("kube-system", "kube-public", "kube-node-lease");

    @Override
    public void reconcile(RunningCluster cluster) {
        cluster.istiod().pods().forEach(pod -> {
            String root = cluster.istiod().root(pod);
            arm(cluster.store(), MUTATING, pod, root, true);
            arm(cluster.store(), "validatingwebhookconfigurations", pod, root, true);
            publish(cluster.store(), root);
            elect(cluster.store(), Istiod.revision(pod));
        });
        cluster.istiod().lead().forEach(RunningCluster::wake);
        cluster.istiod().leaders().forEach((primary, pod) -> {
            String root = primary.istiod().root(pod);
            primary.istiod().pods().forEach(each -> arm(cluster.store(), MUTATING, each, root, false));
            boolean first =
                    cluster.store().get(ConfigMap.class, Istiod.NAMESPACE, ROOT).isEmpty();
            if (!first || cluster.due("root of " + primary.name(), ROOTS_DELAY)) {
                publish(cluster.store(), root);
            }
        });
    }

    /** Its replicas agree by Leases on who writes the status of gateways. */
    private static void elect(Store store, String revision) {
        boolean stays = store.get(Namespace.class, "", Istiod.NAMESPACE)
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                .isPresent();
        if (stays) {
            store.create(new LeaseBuilder()
                    .withNewMetadata()
                    .withName("istio-gateway-status-leader-" + revision)
                    .withNamespace(Istiod.NAMESPACE)
                    .endMetadata()
                    .build());
        }
    }

    /** Only what bears its own revision. */
    private static void arm(Store store, String plural, Pod istiod, String root, boolean fail) {
        String bundle = Base64.getEncoder().encodeToString(root.getBytes(StandardCharsets.UTF_8));
        for (ObjectNode configuration : store.list(GROUP, plural, "")) {
            if (Istiod.revision(istiod).equals(Json.labels(configuration).get("istio.io/rev"))) {
                store.edit(new Key(GROUP, plural, "", Json.name(configuration)), live -> {
                    for (JsonNode webhook : live.path("webhooks")) {
                        if (fail) {
                            ((ObjectNode) webhook).put("failurePolicy", "Fail");
                        }
                        ((ObjectNode) webhook).withObject("/clientConfig").put("caBundle", bundle);
                    }
                });
            }
        }
    }

    private static void publish(Store store, String root) {
        for (ObjectNode namespace : store.list("", "namespaces", "")) {
            String name = Json.name(namespace);
            if (!LEFT_ALONE.contains(name) && !namespace.path("metadata").has("deletionTimestamp")) {
                publish(store, name, root);
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
