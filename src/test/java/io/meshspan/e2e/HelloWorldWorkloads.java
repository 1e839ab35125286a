package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Workloads of a user of the mesh: a service with two pods in each cluster, and a client of it in a namespace of its own. */
final class HelloWorldWorkloads {

    static final String SHOP = "shop";
    static final String CALLER = "caller";

    private HelloWorldWorkloads() {}

    static void create(List<LiveCluster> clusters) {
        for (int i = 0; i < clusters.size(); i++) {
            create(clusters.get(i), "v" + (i + 1));
        }
    }

    static void remove(List<LiveCluster> clusters) {
        clusters.forEach(cluster -> Stream.of(SHOP, CALLER)
                .map(name -> cluster.client().namespaces().withName(name))
                .forEach(namespace -> {
                    namespace.delete();
                    namespace.waitUntilCondition(gone -> gone == null, 1, TimeUnit.MINUTES);
                }));
    }

    private static void create(LiveCluster cluster, String version) {
        Stream.of(SHOP, CALLER)
                .forEach(name -> create(
                        cluster,
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("istio-injection", "enabled")
                                .endMetadata()
                                .build()));
        create(
                cluster,
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("helloworld")
                        .withNamespace(SHOP)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "helloworld")
                        .addNewPort()
                        .withName("http")
                        .withPort(5000)
                        .endPort()
                        .endSpec()
                        .build());
        deployment(cluster, SHOP, "helloworld", version, 2);
        deployment(cluster, CALLER, "curl", version, 1);
    }

    private static void deployment(LiveCluster cluster, String namespace, String app, String version, int replicas) {
        create(
                cluster,
                new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(app)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("app", app)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", app)
                        .addToLabels("version", version)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(app)
                        .withImage("example.org/" + app + ":1")
                        .addNewPort()
                        .withContainerPort(5000)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(app)
                .waitUntilCondition(
                        made -> made.getStatus() != null
                                && Integer.valueOf(replicas)
                                        .equals(made.getStatus().getAvailableReplicas()),
                        1,
                        TimeUnit.MINUTES);
    }

    private static void create(LiveCluster cluster, HasMetadata object) {
        cluster.client().resource(object).create();
    }
}
