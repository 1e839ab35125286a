package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
 * Where a dry run goes whose own namespace the change has yet to make: the API server asks nobody about an object in a
 * namespace that is not there. A namespace of the settings, or one that is made for the time of the plan with the labels
 * that the real one will have, since policies go by these.
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

    /** Remembers which labels a namespace is to have. */
    void wanted(HasMetadata object) {
        if (object.getKind().equals("Namespace")) {
            labels.put(
                    object.getMetadata().getName(),
                    new TreeMap<>(
                            Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of())));
        }
    }

    /** Empty where the settings give none, or the rights to it are missing. */
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

    /** Deletes what was made; the cluster carries that out by itself. */
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

    /** A controller makes it; without it no pod is let in. */
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
