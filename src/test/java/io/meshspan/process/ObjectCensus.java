package io.meshspan.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every object of a cluster with its content, so that two moments can be compared. */
final class ObjectCensus {

    /** What is equal reads the same, in whatever order it was written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private static final Set<String> APART = Set.of("Event", "SelfSubjectAccessReview", "TokenReview", "Node");

    /** Taken and given back by every change. */
    private static final String LEASE = "meshspan-change";

    private ObjectCensus() {}

    static Map<String, String> of(String cluster) {
        return of(TestApplication.SANDBOX.client(cluster));
    }

    static Map<String, String> of(KubernetesClient client) {
        await().until(() -> furnished(client));
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

    /** A controller puts a ServiceAccount into each namespace, a moment after it was made. */
    private static boolean furnished(KubernetesClient client) {
        return client.namespaces().list().getItems().stream()
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                .map(namespace -> namespace.getMetadata().getName())
                .allMatch(namespace -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    private static Map<String, String> of(KubernetesClient client, String version, APIResource resource) {
        Map<String, String> objects = new TreeMap<>();
        client
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(version.contains("/") ? version.substring(0, version.indexOf('/')) : "")
                        .withVersion(version.substring(version.indexOf('/') + 1))
                        .withKind(resource.getKind())
                        .withPlural(resource.getName())
                        .withNamespaced(resource.getNamespaced())
                        .build())
                .inAnyNamespace()
                .list()
                .getItems()
                .stream()
                .filter(object -> !object.getMetadata().getName().equals(LEASE))
                .forEach(object -> objects.put(name(object), content(object)));
        return objects;
    }

    private static String name(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        return "%s %s/%s".formatted(object.getKind(), metadata.getNamespace(), metadata.getName());
    }

    /** But for what counts its writes, and for what controllers report of it. */
    private static String content(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setResourceVersion(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        object.getAdditionalProperties().remove("status");
        return metadata + " " + json(object.getAdditionalProperties());
    }

    private static String json(Map<String, Object> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
