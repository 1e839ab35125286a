package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does the primary serve this remote? Its istiod then sets the injection webhook's {@code caBundle} at once, and the root
 * certificate a moment later (pilot/pkg/serviceregistry/kube/controller/multicluster.go). Pods need both.
 */
public final class RemoteReady {

    private RemoteReady() {}

    public static CompletableFuture<?> in(Mesh mesh, Cluster cluster) {
        return Cluster.allMet(List.of(
                InjectionWebhook.works(mesh, cluster),
                cluster.when(ConfigMap.class, IstioNamespace.NAME, "istio-ca-root-cert", root -> true)));
    }
}
