package io.meshspan.process;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every object of a cluster with its content, so that two moments can be compared. */
final class Census {

    /** Leases are taken and given back; nodes and reviews are no part of the comparison. */
    private static final Set<String> APART = Set.of("Lease", "Event", "SelfSubjectAccessReview", "Node");

    private Census() {}

    static Map<String, String> of(String cluster) {
        KubernetesClient client = Application.SANDBOX.client(cluster);
        Map<String, String> objects = new TreeMap<>();
        Stream<String> groups = client.getApiGroups().getGroups().stream()
                .map(APIGroup::getPreferredVersion)
                .map(version -> version.getGroupVersion());
        Stream.concat(Stream.of("v1"), groups)
                .forEach(version -> client.getApiResources(version).getResources().stream()
                        .filter(resource -> !APART.contains(resource.getKind()))
                        .forEach(resource -> objects.putAll(of(client, version, resource))));
        return objects;
    }

    private static Map<String, String> of(KubernetesClient client, String version, APIResource resource) {
        Map<String, String> objects = new TreeMap<>();
        client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(version.contains("/") ? version.substring(0, version.indexOf('/')) : "")
                        .withVersion(version.substring(version.indexOf('/') + 1))
                        .withKind(resource.getKind())
                        .withPlural(resource.getName())
                        .withNamespaced(resource.getNamespaced())
                        .build())
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(object -> objects.put(name(object), content(object)));
        return objects;
    }

    private static String name(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        return "%s %s/%s".formatted(object.getKind(), metadata.getNamespace(), metadata.getName());
    }

    /** But for what counts its writes. */
    private static String content(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setResourceVersion(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        return metadata + " " + object.getAdditionalProperties();
    }
}
