package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.UUID;

/** Gives each Deployment its pods: new ones first when the template changes, the old ones go once those are ready. */
final class DeploymentController implements Controller {

    private static final String HASH = "pod-template-hash";

    @Override
    public void reconcile(RunningCluster cluster) {
        List<Deployment> deployments = cluster.store().list(Deployment.class, "");
        List<String> owners = deployments.stream()
                .map(deployment -> deployment.getMetadata().getUid())
                .toList();
        for (Pod pod : cluster.store().list(Pod.class, "")) {
            boolean orphan =
                    pod.getMetadata().getOwnerReferences().stream().anyMatch(owner -> !owners.contains(owner.getUid()));
            if (orphan) {
                cluster.store().remove(Key.of(pod));
            }
        }
        deployments.forEach(deployment -> reconcile(cluster, deployment));
    }

    private static void reconcile(RunningCluster cluster, Deployment deployment) {
        String hash = Integer.toHexString(
                Json.tree(deployment.getSpec().getTemplate()).hashCode());
        List<Pod> pods = podsOf(cluster, deployment);
        List<Pod> current = pods.stream()
                .filter(pod -> hash.equals(Pods.labels(pod).get(HASH)))
                .toList();
        int wanted = deployment.getSpec().getReplicas();
        for (int i = current.size(); i < wanted && cluster.levers().podRefusal().isEmpty(); i++) {
            create(cluster, deployment, hash);
        }
        current.stream().skip(wanted).forEach(pod -> cluster.store().remove(Key.of(pod)));
        if (current.stream().filter(Pods::ready).count() >= wanted) {
            pods.stream()
                    .filter(pod -> !current.contains(pod))
                    .forEach(pod -> cluster.store().remove(Key.of(pod)));
        }
        List<Pod> now = podsOf(cluster, deployment);
        long updated = now.stream()
                .filter(pod -> hash.equals(Pods.labels(pod).get(HASH)))
                .count();
        String refusal = now.size() < wanted ? cluster.levers().podRefusal() : "";
        DeploymentReport.write(cluster.store(), deployment, now, updated, refusal);
    }

    private static List<Pod> podsOf(RunningCluster cluster, Deployment deployment) {
        return cluster.store().list(Pod.class, deployment.getMetadata().getNamespace()).stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(deployment.getMetadata().getUid())))
                .toList();
    }

    private static void create(RunningCluster cluster, Deployment deployment, String hash) {
        String namespace = deployment.getMetadata().getNamespace();
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        Injector.inject(cluster, namespace, template)
                .ifPresent(made -> cluster.store()
                        .create(new PodBuilder()
                                .withMetadata(made.getMetadata())
                                .editMetadata()
                                .withName(deployment.getMetadata().getName() + "-" + hash + "-"
                                        + UUID.randomUUID().toString().substring(0, 5))
                                .withNamespace(namespace)
                                .addToLabels(HASH, hash)
                                .addNewOwnerReference()
                                .withApiVersion("apps/v1")
                                .withKind("Deployment")
                                .withName(deployment.getMetadata().getName())
                                .withUid(deployment.getMetadata().getUid())
                                .withController(true)
                                .endOwnerReference()
                                .endMetadata()
                                .withSpec(made.getSpec())
                                .withNewStatus()
                                .withPhase("Pending")
                                .endStatus()
                                .build()));
    }
}
