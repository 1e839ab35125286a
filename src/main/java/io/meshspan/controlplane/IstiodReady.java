package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.All;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.RolledOut;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Is istiod ready, and does its injection webhook work? Both, for a gateway created before the webhook has its
 * {@code caBundle} would start with the image {@code auto} (istio-facts A1, rule 3).
 */
public final class IstiodReady {

    private static final String DEPLOYMENT = "istiod";
    private static final String WEBHOOK = "istio-sidecar-injector";

    private IstiodReady() {}

    public static CompletableFuture<?> in(Cluster cluster) {
        CompletableFuture<Deployment> available =
                cluster.when(Deployment.class, IstioNamespace.NAME, DEPLOYMENT, RolledOut::test);
        CompletableFuture<MutatingWebhookConfiguration> injecting =
                cluster.when(MutatingWebhookConfiguration.class, null, WEBHOOK, IstiodReady::hasCaBundle);
        return All.of(List.of(available, injecting));
    }

    private static boolean hasCaBundle(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().allMatch(webhook -> {
            String bundle = webhook.getClientConfig().getCaBundle();
            return bundle != null && !bundle.isEmpty();
        });
    }
}
