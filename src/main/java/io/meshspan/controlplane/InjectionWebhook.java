package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The webhooks that inject sidecars, including the tag's. They work once istiod has set their CA. */
final class InjectionWebhook {

    static final String NAME = "istio-sidecar-injector";
    private static final String TAGGED = "istio-revision-tag-";

    private InjectionWebhook() {}

    static CompletableFuture<?> works(Mesh mesh, Cluster cluster) {
        return Cluster.allMet(names(mesh)
                .map(name ->
                        cluster.when(MutatingWebhookConfiguration.class, null, name, InjectionWebhook::hasCaBundle))
                .toList());
    }

    private static Stream<String> names(Mesh mesh) {
        List<String> tags = mesh.isUpgrade() ? List.of() : DefaultRevision.tags(mesh);
        return Stream.concat(
                Stream.of(mesh.revision().name(NAME)), tags.stream().map(TAGGED::concat));
    }

    private static boolean hasCaBundle(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().allMatch(webhook -> {
            String bundle = webhook.getClientConfig().getCaBundle();
            return bundle != null && !bundle.isEmpty();
        });
    }
}
