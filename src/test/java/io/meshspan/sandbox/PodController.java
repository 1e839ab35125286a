package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the kubelet: Running and Ready after the cluster's delay, if nothing that hinders a pod on a node hinders it. */
final class PodController implements Controller {

    private final AtomicInteger started = new AtomicInteger();

    @Override
    public void reconcile(RunningCluster cluster) {
        for (Pod pod : cluster.store().list(Pod.class, "")) {
            if (Pods.ready(pod)) {
                continue;
            }
            String obstacle = obstacle(cluster, pod).orElse("");
            if (!obstacle.isEmpty()) {
                cluster.store().edit(Key.of(pod), live -> pending(live, pod, obstacle));
            } else if (cluster.due(
                    "pod " + pod.getMetadata().getUid(), cluster.levers().podDelay())) {
                cluster.store().edit(Key.of(pod), live -> running(cluster, live, pod));
            }
        }
    }

    private static Optional<String> obstacle(RunningCluster cluster, Pod pod) {
        if (!cluster.levers().podHindrance().isEmpty()) {
            return Optional.of(cluster.levers().podHindrance());
        }
        if (Pods.containers(pod.getSpec()).anyMatch(container -> "auto".equals(container.getImage()))) {
            return Optional.of("ImagePullBackOff");
        }
        boolean away = cluster.istiod().route().leadsAway();
        if (Pods.hasProxy(pod) && away && cluster.istiod().route().discovery().isEmpty()) {
            return Optional.of("PodInitializing");
        }
        String namespace = pod.getMetadata().getNamespace();
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> missing(cluster.store(), namespace, volume))
                ? Optional.of("ContainerCreating")
                : Optional.empty();
    }

    private static boolean missing(Store store, String namespace, Volume volume) {
        var secret = volume.getSecret();
        var config = volume.getConfigMap();
        boolean noSecret = secret != null
                && !Boolean.TRUE.equals(secret.getOptional())
                && store.get(Secret.class, namespace, secret.getSecretName()).isEmpty();
        boolean noConfig = config != null
                && !Boolean.TRUE.equals(config.getOptional())
                && store.get(ConfigMap.class, namespace, config.getName()).isEmpty();
        return noSecret || noConfig;
    }

    private static void pending(ObjectNode live, Pod pod, String reason) {
        ObjectNode status = live.putObject("status").put("phase", "Pending");
        containers(status, pod, false)
                .forEach(each -> ((ObjectNode) each)
                        .putObject("state")
                        .putObject("waiting")
                        .put("reason", reason));
    }

    private void running(RunningCluster cluster, ObjectNode live, Pod pod) {
        int number = started.incrementAndGet();
        live.withObject("/spec").put("nodeName", cluster.name() + "-node");
        String ip = "10." + cluster.index() + "." + number / 250 % 250 + "." + (1 + number % 250);
        ObjectNode status = live.putObject("status").put("phase", "Running").put("podIP", ip);
        status.putArray("podIPs").addObject().put("ip", ip);
        status.put("startTime", Lifecycle.now());
        ArrayNode conditions = status.putArray("conditions");
        for (String type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
            conditions.addObject().put("type", type).put("status", "True").put("lastTransitionTime", Lifecycle.now());
        }
        containers(status, pod, true)
                .forEach(each -> ((ObjectNode) each)
                        .putObject("state")
                        .putObject("running")
                        .put("startedAt", Lifecycle.now()));
    }

    private static ArrayNode containers(ObjectNode status, Pod pod, boolean ready) {
        ArrayNode containers = status.putArray("containerStatuses");
        pod.getSpec()
                .getContainers()
                .forEach(container -> containers
                        .addObject()
                        .put("name", container.getName())
                        .put("image", container.getImage())
                        .put("imageID", "")
                        .put("restartCount", 0)
                        .put("ready", ready));
        return containers;
    }
}
