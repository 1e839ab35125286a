package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Would two control planes inject the same pods? The tag {@code default} of another revision, or a revision that takes all
 * namespaces without a revision label, covers the same namespaces as the webhook of this change.
 */
@Component
final class InjectionOverlap implements Check {

    private static final String REVISION = "istio.io/rev";
    private static final String TAG = "istio.io/tag";

    private final RenderedObjects rendered;

    InjectionOverlap(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Injection by two";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<MutatingWebhookConfiguration> others = cluster.anywhere(MutatingWebhookConfiguration.class).stream()
                .filter(configuration -> Selectors.labels(configuration).containsKey(REVISION))
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        List<MutatingWebhookConfiguration> ours = rendered.of(
                        mesh, cluster.member(), MutatingWebhookConfiguration.class)
                .toList();
        Set<String> names =
                ours.stream().map(own -> own.getMetadata().getName()).collect(Collectors.toSet());
        return others.stream()
                .filter(other -> !names.contains(other.getMetadata().getName()))
                .flatMap(other -> judge(mesh, cluster, ours, other).stream())
                .toList();
    }

    private static Optional<Finding> judge(
            Mesh mesh,
            ClusterSnapshot cluster,
            List<MutatingWebhookConfiguration> ours,
            MutatingWebhookConfiguration other) {
        String own = mesh.revision().isNamed() ? mesh.revision().value() : "default";
        String revision = Selectors.labels(other).getOrDefault(REVISION, "");
        boolean same = revision.equals(own);
        String tag = Selectors.labels(other).getOrDefault(TAG, "");
        return places(cluster, own)
                .filter(place -> injects(ours, place) && injects(List.of(other), place))
                .findFirst()
                .map(place -> new Finding(
                        same ? Severity.WARNING : Severity.BLOCKING,
                        cluster.where(),
                        ObjectRef.of(other).toString(),
                        "one webhook that injects " + place.name(),
                        tag.isEmpty()
                                ? "revision %s, which injects it too".formatted(revision)
                                : "tag %s of revision %s, which injects it too".formatted(tag, revision),
                        same
                                ? "Both call the same istiod. Remove the tag (istioctl tag remove %s) when this change is done."
                                        .formatted(tag)
                                : "Remove it (istioctl tag remove, or delete this configuration), or request a mesh with another "
                                        + "revision."));
    }

    private static boolean injects(List<MutatingWebhookConfiguration> configurations, Place place) {
        return configurations.stream()
                .flatMap(configuration -> configuration.getWebhooks().stream())
                .filter(InjectionOverlap::isAboutPods)
                .anyMatch(webhook -> Selectors.match(webhook.getNamespaceSelector(), place.namespace())
                        && Selectors.match(webhook.getObjectSelector(), place.pod()));
    }

    private static boolean isAboutPods(MutatingWebhook webhook) {
        return webhook.getRules().stream().anyMatch(rule -> rule.getResources().contains("pods"));
    }

    private record Place(String name, Map<String, String> namespace, Map<String, String> pod) {}

    /** The usual labels, and the existing namespaces. */
    private static Stream<Place> places(ClusterSnapshot cluster, String revision) {
        Map<String, String> none = Map.of();
        return Stream.concat(
                Stream.of(
                        new Place(
                                "namespaces with istio-injection=enabled", Map.of("istio-injection", "enabled"), none),
                        new Place("namespaces with istio.io/rev=" + revision, Map.of(REVISION, revision), none),
                        new Place(
                                "pods with sidecar.istio.io/inject=true",
                                none,
                                Map.of("sidecar.istio.io/inject", "true")),
                        new Place("pods with istio.io/rev=" + revision, none, Map.of(REVISION, revision))),
                cluster.anywhere(Namespace.class).stream()
                        .map(namespace -> new Place(
                                "Namespace " + namespace.getMetadata().getName(), Selectors.labels(namespace), none)));
    }
}
