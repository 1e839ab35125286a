package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which remotes an istiod leads. It decides when it takes a remote secret in, by the annotation that the remote's
 * namespace has at that moment, and does not ask again ({@code checkShouldLead} in istio's multicluster.go).
 */
final class Leadership {

    private static final String ANNOTATION = "topology.istio.io/controlPlaneClusters";

    private record Decision(RunningCluster remote, boolean leads) {}

    private final Map<String, Decision> decisions = new ConcurrentHashMap<>();

    /** Decides on what is new and forgets what is gone. */
    void decide(String self, String pod, List<RemoteCluster> remotes) {
        List<String> known = remotes.stream().map(remote -> key(pod, remote)).toList();
        decisions.keySet().retainAll(known);
        for (RemoteCluster remote : remotes) {
            remote.reached()
                    .ifPresent(other -> decisions.computeIfAbsent(
                            key(pod, remote), first -> new Decision(other, named(self, other))));
        }
    }

    void end() {
        decisions.clear();
    }

    List<RunningCluster> led() {
        return decisions.values().stream()
                .filter(Decision::leads)
                .map(Decision::remote)
                .toList();
    }

    private static String key(String pod, RemoteCluster remote) {
        return pod + " " + remote.secret() + " "
                + remote.reached().map(RunningCluster::apiServer).orElse("");
    }

    private static boolean named(String self, RunningCluster remote) {
        return remote.store()
                .get(Namespace.class, "", Istiod.NAMESPACE)
                .map(namespace -> namespace.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(ANNOTATION)))
                .map(names -> List.of(names.split(",", -1)))
                .filter(names -> names.contains(self) || names.contains("*"))
                .isPresent();
    }
}
