package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import io.meshspan.rollout.RolloutComplete;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Is istiod ready, and does its injection webhook work? A gateway that is created before the webhook has its {@code
 * caBundle} would start with the image {@code auto} (istio/istio#35789, #42327).
 */
public final class IstiodReady {

    private static final String DEPLOYMENT = "istiod";

    private IstiodReady() {}

    public static CompletableFuture<?> in(Mesh mesh, Cluster cluster) {
        CompletableFuture<Deployment> available = cluster.when(
                Deployment.class, IstioNamespace.NAME, mesh.revision().name(DEPLOYMENT), RolloutComplete::test);
        return Cluster.allMet(List.of(available, InjectionWebhook.works(mesh, cluster)));
    }
}
