package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.Admission;
import io.meshspan.kubernetes.AdmissionWebhook;
import io.meshspan.kubernetes.FailingWebhook;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Does an admission webhook of the cluster have no running pods? With failurePolicy Fail, it refuses every request that it
 * covers, and the answer looks like a fault of the API server.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // what it finds explains why others cannot look
final class AdmissionWebhooks implements Check {

    private static final String NAME = "kubernetes.io/metadata.name";

    private final RenderedObjects rendered;

    AdmissionWebhooks(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Admission webhooks";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Webhook> failing = webhooks(cluster)
                .filter(webhook -> webhook.fails() && !webhook.istios())
                .toList();
        if (failing.isEmpty()) {
            return List.of();
        }
        List<HasMetadata> written = written(mesh, cluster);
        return failing.stream()
                .flatMap(webhook -> judge(cluster, webhook, written).stream())
                .distinct()
                .toList();
    }

    private List<HasMetadata> written(Mesh mesh, ClusterSnapshot cluster) {
        return Stream.of(
                        rendered.of(mesh, cluster.member()).stream(),
                        rendered.of(mesh, cluster.member(), Deployment.class).map(Admission::pod),
                        RenderedObjects.secrets(mesh, cluster.member()))
                .<HasMetadata>flatMap(objects -> objects)
                .toList();
    }

    private static Optional<Finding> judge(ClusterSnapshot cluster, Webhook webhook, List<HasMetadata> written) {
        List<HasMetadata> covered = written.stream()
                .filter(object -> webhook.covers(object, cluster))
                .toList();
        if (covered.isEmpty()) {
            return Optional.empty();
        }
        return webhook.service()
                .flatMap(service -> FailingWebhook.fault(cluster.cluster(), service))
                .map(fault -> new Finding(
                        webhook.conditional() ? Severity.WARNING : Severity.BLOCKING,
                        cluster.where(),
                        "webhook %s of %s".formatted(webhook.name(), webhook.configuration()),
                        "a service that answers, for the API server has to ask it about %s%s"
                                .formatted(named(covered.get(0)), more(covered)),
                        "Service %s: %s, and failurePolicy Fail"
                                .formatted(
                                        webhook.service()
                                                .map(s -> s.getNamespace() + "/" + s.getName())
                                                .orElse(""),
                                        fault),
                        "Bring it back, or ask those who keep it to delete this configuration or to leave these"
                                + " namespaces out; then try again."));
    }

    private static String named(HasMetadata object) {
        return object.getMetadata().getName() == null
                ? "pods in " + object.getMetadata().getNamespace()
                : ObjectRef.of(object).toString();
    }

    private static String more(List<HasMetadata> covered) {
        return covered.size() == 1 ? "" : " and %d more objects of this change".formatted(covered.size() - 1);
    }

    private static Stream<Webhook> webhooks(ClusterSnapshot cluster) {
        return AdmissionWebhook.all(
                        cluster.anywhere(MutatingWebhookConfiguration.class),
                        cluster.anywhere(ValidatingWebhookConfiguration.class))
                .map(Webhook::of);
    }

    /** @param conditional whether it also has CEL conditions, which only the API server can evaluate */
    private record Webhook(
            String configuration,
            String name,
            boolean istios,
            boolean fails,
            boolean conditional,
            Optional<ServiceReference> service,
            List<RuleWithOperations> rules,
            @Nullable LabelSelector namespaces,
            @Nullable LabelSelector objects) {

        static Webhook of(AdmissionWebhook one) {
            MutatingWebhook webhook = one.webhook();
            return new Webhook(
                    ObjectRef.of(one.configuration()).toString(),
                    webhook.getName(),
                    Webhooks.isOfIstio(one.configuration()),
                    !"Ignore".equals(webhook.getFailurePolicy()),
                    !webhook.getMatchConditions().isEmpty(),
                    one.service(),
                    webhook.getRules(),
                    webhook.getNamespaceSelector(),
                    webhook.getObjectSelector());
        }

        boolean covers(HasMetadata object, ClusterSnapshot cluster) {
            return rules.stream().anyMatch(rule -> isAbout(rule, object))
                    && Selectors.match(objects, Selectors.labels(object))
                    && around(object, cluster).stream().allMatch(labels -> Selectors.match(namespaces, labels));
        }

        /** Objects without a namespace have no namespace to match, except a namespace itself. */
        private static Optional<Map<String, String>> around(HasMetadata object, ClusterSnapshot cluster) {
            String namespace = object.getKind().equals("Namespace")
                    ? object.getMetadata().getName()
                    : object.getMetadata().getNamespace();
            return Optional.ofNullable(namespace).map(name -> {
                Map<String, String> labels = new HashMap<>();
                cluster.anywhere(Namespace.class).stream()
                        .filter(live -> live.getMetadata().getName().equals(name))
                        .forEach(live -> labels.putAll(Selectors.labels(live)));
                if (object.getKind().equals("Namespace")) {
                    labels.putAll(Selectors.labels(object));
                }
                labels.put(NAME, name);
                return labels;
            });
        }

        private static boolean isAbout(RuleWithOperations rule, HasMetadata object) {
            String group = object.getApiVersion().contains("/")
                    ? object.getApiVersion().substring(0, object.getApiVersion().indexOf('/'))
                    : "";
            String scope = object.getMetadata().getNamespace() == null ? "Cluster" : "Namespaced";
            return has(rule.getApiGroups(), group)
                    && (has(rule.getResources(), plural(object.getKind()))
                            || rule.getResources().contains("*/*"))
                    && (has(rule.getOperations(), "CREATE")
                            || rule.getOperations().contains("UPDATE"))
                    && (rule.getScope() == null
                            || rule.getScope().equals("*")
                            || rule.getScope().equals(scope));
        }

        private static boolean has(List<String> values, String value) {
            return values.contains("*") || values.contains(value) || values.contains(value + "/*");
        }

        private static String plural(String kind) {
            String singular = kind.toLowerCase(Locale.ROOT);
            if (singular.endsWith("cy")) {
                return singular.substring(0, singular.length() - 1) + "ies";
            }
            return singular.endsWith("s") ? singular + "es" : singular + "s";
        }
    }
}
