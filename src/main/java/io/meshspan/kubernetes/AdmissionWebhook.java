package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mutating or validating webhook of the API server. The fields that decide when and where it is called are the same for
 * both; the client's model has two types for them.
 *
 * @param configuration the object that contains it
 * @param webhook its fields, also for a validating one
 */
public record AdmissionWebhook(HasMetadata configuration, MutatingWebhook webhook) {

    /** Mutating webhooks first, as the API server calls them. */
    public static Stream<AdmissionWebhook> all(
            Collection<MutatingWebhookConfiguration> mutating, Collection<ValidatingWebhookConfiguration> validating) {
        return Stream.concat(
                mutating.stream().flatMap(all -> all.getWebhooks().stream().map(one -> new AdmissionWebhook(all, one))),
                validating.stream()
                        .flatMap(all -> all.getWebhooks().stream().map(one -> new AdmissionWebhook(all, alike(one)))));
    }

    private static MutatingWebhook alike(ValidatingWebhook webhook) {
        return new MutatingWebhookBuilder()
                .withName(webhook.getName())
                .withClientConfig(webhook.getClientConfig())
                .withFailurePolicy(webhook.getFailurePolicy())
                .withMatchConditions(webhook.getMatchConditions())
                .withRules(webhook.getRules())
                .withNamespaceSelector(webhook.getNamespaceSelector())
                .withObjectSelector(webhook.getObjectSelector())
                .build();
    }

    /** The Service that it calls; empty if it calls a URL. */
    public Optional<ServiceReference> service() {
        return Optional.ofNullable(webhook.getClientConfig().getService());
    }
}
