package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A webhook of Istio's, injection or validation.
 *
 * @param service namespace and name of the Service it calls; none where it calls a URL
 * @param fails whether what it is asked about is refused if it cannot be called
 * @param trusting whether it has a {@code caBundle}
 */
record IstioWebhook(String configuration, Optional<String> service, boolean fails, boolean trusting) {

    static List<IstioWebhook> in(ClusterSnapshot cluster) {
        Stream<IstioWebhook> mutating = cluster.anywhere(MutatingWebhookConfiguration.class).stream()
                .filter(IstioWebhook::isOfIstio)
                .flatMap(all ->
                        all.getWebhooks().stream().map(one -> of(all, one.getClientConfig(), one.getFailurePolicy())));
        Stream<IstioWebhook> validating = cluster.anywhere(ValidatingWebhookConfiguration.class).stream()
                .filter(IstioWebhook::isOfIstio)
                .flatMap(all ->
                        all.getWebhooks().stream().map(one -> of(all, one.getClientConfig(), one.getFailurePolicy())));
        return Stream.concat(mutating, validating).distinct().toList();
    }

    private static IstioWebhook of(HasMetadata configuration, WebhookClientConfig client, String policy) {
        return new IstioWebhook(
                configuration.getKind() + " " + configuration.getMetadata().getName(),
                Optional.ofNullable(client.getService()).map(s -> s.getNamespace() + "/" + s.getName()),
                "Fail".equals(policy),
                client.getCaBundle() != null && !client.getCaBundle().isEmpty());
    }

    private static boolean isOfIstio(HasMetadata configuration) {
        ObjectMeta metadata = configuration.getMetadata();
        return metadata.getName().startsWith("istio")
                || (metadata.getLabels() != null && metadata.getLabels().containsKey("istio.io/rev"));
    }
}
