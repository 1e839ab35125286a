package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A cluster as the tests see it, past the application. */
record LiveCluster(String name, KubernetesClient client) implements AutoCloseable {

    static final String ISTIO_SYSTEM = "istio-system";
    static final String PART_OF = "applyset.kubernetes.io/part-of";

    static LiveCluster of(Settings settings, String context) {
        Config config = Config.fromKubeconfig(context, settings.kubeconfig().toFile());
        return new LiveCluster(
                context, new KubernetesClientBuilder().withConfig(config).build());
    }

    /** All members of apply sets of a kind; none where the kind is not served. */
    Stream<GenericKubernetesResource> members(ObjectKind objectKind) {
        return client.getApiResources(objectKind.apiVersion()) == null
                ? Stream.empty()
                : client
                        .genericKubernetesResources(objectKind.apiVersion(), objectKind.name())
                        .inAnyNamespace()
                        .withLabel(PART_OF)
                        .list()
                        .getItems()
                        .stream();
    }

    /** Removes a Secret whenever it appears, until closed. */
    Watch keepAway(String secret) {
        return client.secrets().inNamespace(ISTIO_SYSTEM).withName(secret).watch(new Watcher<Secret>() {
            @Override
            public void eventReceived(Action action, Secret found) {
                if (action == Action.ADDED) {
                    client.resource(found).delete();
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("The watch on " + secret + " broke off", cause);
            }
        });
    }

    /** As {@code kubectl rollout restart}, and waits for its end. */
    void restartIstiod() {
        istiod().rolling().restart();
        awaitIstiod();
    }

    /** Waits until all its istiods are as wanted, if it has any. */
    void awaitIstiod() {
        if (istiod().get() != null) {
            istiod().waitUntilCondition(
                            d -> d.getMetadata()
                                            .getGeneration()
                                            .equals(d.getStatus().getObservedGeneration())
                                    && d.getSpec()
                                            .getReplicas()
                                            .equals(d.getStatus().getUpdatedReplicas())
                                    && Objects.equals(
                                            d.getStatus().getUpdatedReplicas(),
                                            d.getStatus().getReplicas())
                                    && Objects.equals(
                                            d.getStatus().getAvailableReplicas(),
                                            d.getStatus().getReplicas()),
                            3,
                            TimeUnit.MINUTES);
        }
    }

    private RollableScalableResource<Deployment> istiod() {
        return client.apps().deployments().inNamespace(ISTIO_SYSTEM).withName("istiod");
    }

    /** Appends a line to the mesh's configuration, as a person would by {@code kubectl edit}. */
    void editMeshConfig(String line) {
        client.configMaps()
                .inNamespace(ISTIO_SYSTEM)
                .withName("istio")
                .edit(config -> new ConfigMapBuilder(config)
                        .addToData("mesh", config.getData().get("mesh") + "\n" + line)
                        .build());
    }

    /** @param switchName {@code namespace/name} of the ConfigMap that steers this cluster's load balancers */
    void addressKind(String switchName, String objectKind) {
        List<String> parts = List.of(switchName.split("/", 2));
        ConfigMap steering = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(parts.get(0))
                .withName(parts.get(1))
                .endMetadata()
                .addToData("addressKind", objectKind)
                .build();
        client.resource(steering).fieldManager("meshspan-e2e").forceConflicts().serverSideApply();
    }

    /** As another installation would hold it that was killed a moment ago. */
    void heldByADeadChange(String holder, int seconds) {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("kube-system")
                .withName("meshspan-change")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(seconds)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        client.resource(lease).fieldManager("meshspan-e2e").forceConflicts().serverSideApply();
    }

    String holder() {
        Lease lease = client.leases()
                .inNamespace("kube-system")
                .withName("meshspan-change")
                .require();
        return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    }

    @Override
    public void close() {
        client.close();
    }
}
