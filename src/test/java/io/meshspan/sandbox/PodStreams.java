package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.List;
import java.util.Objects;

/** Exec into pods, and port-forward to istiod. */
final class PodStreams {

    private static final List<Integer> ISTIOD_PORTS = List.of(8080, 15014);

    private final RunningCluster cluster;
    private final Shell shell;

    PodStreams(RunningCluster cluster, Shell shell) {
        this.cluster = cluster;
        this.shell = shell;
    }

    WebSocketListener open(Target target, ApiRequest request) {
        Pod pod = cluster.store()
                .get(Pod.class, target.namespace(), target.name())
                .orElseThrow(() -> StatusBody.notFound(target.described()));
        return switch (target.subresource()) {
            case "exec" -> exec(pod, request);
            case "portforward" -> forward(pod, request);
            default -> throw StatusBody.noSuchResource();
        };
    }

    private WebSocketListener exec(Pod pod, ApiRequest request) {
        String container = request.parameter("container");
        boolean there = container == null
                || Pods.containers(pod.getSpec())
                        .anyMatch(each -> each.getName().equals(container));
        if (!there) {
            throw StatusBody.badRequest("container " + container + " is not valid for pod "
                    + pod.getMetadata().getName());
        }
        if (!Pods.ready(pod)) {
            throw StatusBody.badRequest("pod " + pod.getMetadata().getName() + " is not running");
        }
        List<String> command = request.parameters("command");
        return new ExecStream(() -> shell.run(cluster, pod, command));
    }

    private WebSocketListener forward(Pod pod, ApiRequest request) {
        int port = Integer.parseInt(Objects.requireNonNullElse(request.parameter("ports"), "0"));
        boolean istiod = "istiod".equals(Pods.labels(pod).get("app")) && Pods.ready(pod);
        if (!istiod || !ISTIOD_PORTS.contains(port)) {
            throw StatusBody.badRequest("nothing of pod " + pod.getMetadata().getName() + " listens on port " + port);
        }
        return new PortForwardStream(port, path -> IstiodPages.page(cluster, pod, path));
    }
}
