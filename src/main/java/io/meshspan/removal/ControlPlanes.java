package io.meshspan.removal;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.manifest.ApplySet;
import java.util.Map;
import java.util.stream.Stream;

/** The control planes that serve a cluster: those that run in it, and those elsewhere that inject into its pods. */
final class ControlPlanes {

    private static final Map<String, String> ISTIOD = Map.of("app", "istiod");
    private static final Map<String, String> INJECTOR = Map.of("app", "sidecar-injector");

    private ControlPlanes() {}

    /** Whether there is one that does not belong to this set. */
    static boolean foreign(Cluster cluster, ApplySet set) {
        return Stream.concat(
                        cluster.found("apps/v1", "Deployment", ISTIOD).stream(),
                        cluster
                                .found("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", INJECTOR)
                                .stream())
                .map(FoundObject::labels)
                .anyMatch(labels ->
                        !labels.entrySet().containsAll(set.membership().entrySet()));
    }
}
