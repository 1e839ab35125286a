package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plays the injection webhook when a pod is made. While the webhook is there without its {@code caBundle} there is no
 * pod at all, as with failurePolicy Fail; so it is in a remote from which no istiod can be reached. Without any webhook
 * pods come as they are written.
 */
final class Injector {

    private static final String REVISION = "istio.io/rev";

    private Injector() {}

    /** @return empty as long as no pod can be made of the template */
    static Optional<PodTemplateSpec> inject(RunningCluster cluster, String namespace, PodTemplateSpec template) {
        List<ObjectNode> webhooks = webhooks(cluster, namespace, template);
        if (webhooks.isEmpty()) {
            return Optional.of(template);
        }
        boolean away = cluster.istiod().route().leadsAway();
        return webhooks.stream().allMatch(Injector::trusted)
                        && (!away || cluster.istiod().route().webhook().isPresent())
                ? Optional.of(withProxy(
                        cluster, template, Json.labels(webhooks.get(0)).getOrDefault(REVISION, "default")))
                : Optional.empty();
    }

    /** Those that the API server would call: both their selectors match. */
    private static List<ObjectNode> webhooks(RunningCluster cluster, String namespace, PodTemplateSpec template) {
        Map<String, String> own =
                Optional.ofNullable(template.getMetadata().getLabels()).orElse(Map.of());
        Map<String, String> around = cluster.store()
                .get(Namespace.class, "", namespace)
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of());
        return cluster.store().list("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "").stream()
                .filter(each -> Json.name(each).startsWith("istio-"))
                .filter(each -> each.path("webhooks")
                        .valueStream()
                        .anyMatch(webhook -> LabelSelectors.match(webhook.path("namespaceSelector"), around)
                                && LabelSelectors.match(webhook.path("objectSelector"), own)))
                .toList();
    }

    private static boolean isAuto(PodTemplateSpec template) {
        return template.getSpec().getContainers().stream().anyMatch(container -> "auto".equals(container.getImage()));
    }

    private static boolean trusted(JsonNode configuration) {
        JsonNode first = configuration.path("webhooks").path(0);
        return !first.path("clientConfig").path("caBundle").asText().isEmpty();
    }

    private static PodTemplateSpec withProxy(RunningCluster cluster, PodTemplateSpec template, String revision) {
        PodTemplateSpecBuilder injected = new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToAnnotations("sidecar.istio.io/status", "{}")
                .addToAnnotations(REVISION, revision)
                .endMetadata();
        if (!isAuto(template)) {
            return injected.editSpec()
                    .addToInitContainers(proxy(cluster, revision, new ContainerBuilder().withName(Pods.PROXY))
                            .withRestartPolicy("Always")
                            .build())
                    .endSpec()
                    .build();
        }
        List<Container> containers = template.getSpec().getContainers().stream()
                .map(each -> "auto".equals(each.getImage())
                        ? proxy(cluster, revision, new ContainerBuilder(each)).build()
                        : each)
                .toList();
        return injected.editSpec().withContainers(containers).endSpec().build();
    }

    /** A proxy has the version of the istiod that injects it. */
    private static String tag(RunningCluster cluster, String revision) {
        return Stream.concat(cluster.istiod().pods().stream(), cluster.istiod().leaders().values().stream())
                .filter(pod -> Istiod.revision(pod).equals(revision))
                .flatMap(pod -> Istiod.version(pod).stream())
                .findFirst()
                .map(version -> ":" + version)
                .orElse("");
    }

    private static ContainerBuilder proxy(RunningCluster cluster, String revision, ContainerBuilder container) {
        return container
                .withImage("istio/proxyv2" + tag(cluster, revision))
                .addNewEnv()
                .withName("ISTIO_META_NETWORK")
                .withValue(cluster.istiod().network())
                .endEnv();
    }
}
