package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.meshspan.difference.WebhookFields;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.AdmissionWebhook;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Do the webhooks of an existing or former Istio have a running service? */
@Component
final class Webhooks implements Check {

    @Override
    public String name() {
        return "Webhooks";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        Set<String> services = cluster.anywhere(Service.class).stream()
                .map(s -> s.getMetadata().getNamespace() + "/" + s.getMetadata().getName())
                .collect(Collectors.toSet());
        boolean blind = cluster.hidden().contains("list services");
        return Stream.concat(
                        IstioWebhook.in(cluster).stream()
                                .flatMap(webhook ->
                                        judge(cluster, webhook, blind || isServed(webhook, services)).stream())
                                .distinct(),
                        sharedSelectors(cluster))
                .toList();
    }

    private static boolean isServed(IstioWebhook webhook, Set<String> services) {
        return webhook.service().map(services::contains).orElse(true);
    }

    private static Optional<Finding> judge(ClusterSnapshot cluster, IstioWebhook webhook, boolean served) {
        if (!served) {
            return Optional.of(Finding.warning(
                    cluster.where(),
                    webhook.configuration(),
                    "Service " + webhook.service().orElse("") + ", which it calls",
                    "no such Service" + (webhook.fails() ? ", while what it is asked about is refused without it" : ""),
                    "It is left over from an Istio that was removed. Delete it, unless this change brings that Service"
                            + " back."));
        }
        return webhook.fails() && !webhook.trusting()
                ? Optional.of(Finding.warning(
                        cluster.where(),
                        webhook.configuration(),
                        "failurePolicy Ignore as long as it has no caBundle",
                        "Fail and no caBundle, so that every call of it is refused",
                        "Set its failurePolicy to Ignore until an istiod has filled in its caBundle, or delete it."))
                : Optional.empty();
    }

    static boolean isOfIstio(HasMetadata configuration) {
        ObjectMeta metadata = configuration.getMetadata();
        return metadata.getName().startsWith("istio")
                || (metadata.getLabels() != null && metadata.getLabels().containsKey("istio.io/rev"));
    }

    /** AKS and Gardener add expressions to every webhook, and restore them within seconds. */
    private static Stream<Finding> sharedSelectors(ClusterSnapshot cluster) {
        return Stream.<HasMetadata>concat(
                        cluster.anywhere(MutatingWebhookConfiguration.class).stream(),
                        cluster.anywhere(ValidatingWebhookConfiguration.class).stream())
                .filter(Webhooks::isOfIstio)
                .filter(WebhookFields::selectorsAreShared)
                .map(configuration -> Finding.note(
                        cluster.where(),
                        ObjectRef.of(configuration).toString(),
                        "selectors without other writers",
                        "expressions of the provider's controller",
                        "Meshspan keeps them. On AKS the annotation admissions.enforcer/disabled: \"true\" turns that"
                                + " controller off for one configuration."));
    }

    /**
     * An injection or validation webhook of Istio.
     *
     * @param service namespace and name of the Service that it calls; empty if it calls a URL
     * @param fails whether requests are refused while it cannot be called
     * @param trusting whether it has a {@code caBundle}
     */
    private record IstioWebhook(String configuration, Optional<String> service, boolean fails, boolean trusting) {

        static List<IstioWebhook> in(ClusterSnapshot cluster) {
            return AdmissionWebhook.all(
                            cluster.anywhere(MutatingWebhookConfiguration.class),
                            cluster.anywhere(ValidatingWebhookConfiguration.class))
                    .filter(one -> isOfIstio(one.configuration()))
                    .map(IstioWebhook::of)
                    .distinct()
                    .toList();
        }

        private static IstioWebhook of(AdmissionWebhook one) {
            String caBundle = one.webhook().getClientConfig().getCaBundle();
            return new IstioWebhook(
                    one.configuration().getKind() + " "
                            + one.configuration().getMetadata().getName(),
                    one.service().map(s -> s.getNamespace() + "/" + s.getName()),
                    "Fail".equals(one.webhook().getFailurePolicy()),
                    caBundle != null && !caBundle.isEmpty());
        }
    }
}
