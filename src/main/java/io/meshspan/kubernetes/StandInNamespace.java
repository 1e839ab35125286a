package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace for dry runs whose own namespace the change has not created yet: the API server calls no policies for objects
 * in a missing namespace. It comes from the settings, or is created while a plan is made, with the labels of the real one,
 * because policies use them.
 */
final class StandInNamespace {

    private static final Logger LOG = LoggerFactory.getLogger(StandInNamespace.class);
    private static final String MARK = "meshspan.io/stand-in";
    private static final String PREFIX = "meshspan-stand-in-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KubernetesClient client;
    private final PlanProperties.StandIn settings;
    private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();
    private @Nullable String made;
    private boolean failed;

    StandInNamespace(KubernetesClient client, PlanProperties.StandIn settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Remembers the labels that a namespace will have. */
    void wanted(HasMetadata object) {
        if (object.getKind().equals("Namespace")) {
            labels.put(
                    object.getMetadata().getName(),
                    new TreeMap<>(
                            Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of())));
        }
    }

    /** Empty if the settings have none, or if rights are missing. */
    synchronized Optional<String> insteadOf(String namespace) {
        if (settings.namespace() != null && exists(settings.namespace())) {
            return Optional.of(settings.namespace());
        }
        if (!settings.create() || failed) {
            return Optional.empty();
        }
        if (made == null) {
            make(namespace);
        }
        return Optional.ofNullable(made);
    }

    /** Deletes the created namespaces; the cluster finishes that later. */
    synchronized void remove() {
        failed = false;
        if (made != null) {
            String name = made;
            made = null;
            try {
                client.namespaces().withName(name).delete();
            } catch (KubernetesClientException e) {
                LOG.warn("The stand-in namespace {} could not be deleted; delete it (label {})", name, MARK);
            }
        }
    }

    private boolean exists(String name) {
        try {
            return client.namespaces().withName(name).get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void make(String namespace) {
        String name = PREFIX + Integer.toString(RANDOM.nextInt(0x1000000), 36).toLowerCase(Locale.ROOT);
        Map<String, String> marks = new HashMap<>(labels.getOrDefault(namespace, Map.of()));
        marks.keySet().removeIf(key -> key.startsWith("meshspan.io/") || key.equals("app.kubernetes.io/managed-by"));
        marks.put(MARK, "true");
        try {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(marks)
                            .endMetadata()
                            .build())
                    .create();
            made = name;
            awaitAccount(name);
        } catch (KubernetesClientException e) {
            failed = true;
            LOG.debug("No stand-in namespace could be made: HTTP {}", e.getCode());
        }
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
