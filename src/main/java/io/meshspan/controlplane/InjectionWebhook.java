package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.meshspan.kubernetes.Cluster;
import java.util.concurrent.CompletableFuture;

/** The webhook that gives pods their sidecar; it works once istiod has put its CA into it. */
final class InjectionWebhook {

    private static final String NAME = "istio-sidecar-injector";

    private InjectionWebhook() {}

    static CompletableFuture<MutatingWebhookConfiguration> works(Cluster cluster) {
        return cluster.when(MutatingWebhookConfiguration.class, null, NAME, InjectionWebhook::hasCaBundle);
    }

    private static boolean hasCaBundle(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().allMatch(webhook -> {
            String bundle = webhook.getClientConfig().getCaBundle();
            return bundle != null && !bundle.isEmpty();
        });
    }
}
