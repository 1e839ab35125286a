package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.difference.PlanProperties;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace for dry runs whose own namespace the change has not created yet: the API server calls no policies for objects
 * in a missing namespace. It comes from the settings, or is created while a plan is made, with the labels and annotations of
 * the real one, because policies use them.
 */
final class StandInNamespace {

    private static final Logger LOG = LoggerFactory.getLogger(StandInNamespace.class);
    private static final String MARK = "meshspan.io/stand-in";
    private static final String PREFIX = "meshspan-stand-in-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KubernetesClient client;
    private final PlanProperties.StandIn settings;
    private final Map<String, ObjectMeta> wanted = new ConcurrentHashMap<>();
    private final Map<String, Optional<String>> made = new HashMap<>();

    StandInNamespace(KubernetesClient client, PlanProperties.StandIn settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Remembers the labels and annotations that a namespace will have. */
    void wanted(HasMetadata object) {
        if (object.getKind().equals("Namespace")) {
            wanted.put(object.getMetadata().getName(), object.getMetadata());
        }
    }

    /** Empty if the settings have none, or if rights are missing. */
    synchronized Optional<String> insteadOf(String namespace) {
        if (settings.namespace() != null && exists(settings.namespace())) {
            return Optional.of(settings.namespace());
        }
        return settings.create() ? made.computeIfAbsent(namespace, this::make) : Optional.empty();
    }

    /** Deletes the created namespaces; the cluster finishes that later. */
    synchronized void remove() {
        made.values().stream().flatMap(Optional::stream).forEach(name -> {
            try {
                client.namespaces().withName(name).delete();
            } catch (KubernetesClientException e) {
                LOG.warn("The stand-in namespace {} could not be deleted; delete it (label {})", name, MARK);
            }
        });
        made.clear();
    }

    private boolean exists(String name) {
        try {
            return client.namespaces().withName(name).get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Each has one of its own: labels of namespaces differ, and policies use them. Empty if the cluster refuses it. */
    private Optional<String> make(String namespace) {
        String name = PREFIX + Integer.toString(RANDOM.nextInt(0x1000000), 36).toLowerCase(Locale.ROOT);
        ObjectMeta like = wanted.getOrDefault(namespace, new ObjectMeta());
        Map<String, String> labels = withoutMarks(like.getLabels());
        labels.put(MARK, "true");
        try {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(labels)
                            .withAnnotations(withoutMarks(like.getAnnotations()))
                            .endMetadata()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warn("No stand-in namespace for {} could be made: HTTP {}", namespace, e.getCode());
            return Optional.empty();
        }
        awaitAccount(name);
        return Optional.of(name);
    }

    private static Map<String, String> withoutMarks(@Nullable Map<String, String> given) {
        Map<String, String> others = new HashMap<>(Objects.requireNonNullElse(given, Map.of()));
        others.keySet().removeIf(key -> key.startsWith("meshspan.io/") || key.equals("app.kubernetes.io/managed-by"));
        return others;
    }

    /** A controller creates it; without it, the cluster admits no pod. */
    private void awaitAccount(String name) {
        try {
            BoundedPoll.until(
                    () -> client.resources(ServiceAccount.class)
                                    .inNamespace(name)
                                    .withName("default")
                                    .get()
                            != null,
                    "no ServiceAccount");
        } catch (RuntimeException e) {
            LOG.debug("Namespace {} has no ServiceAccount default yet", name);
        }
    }
}
