package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A cluster and the way to it.
 *
 * @param name as people use it
 * @param istioName as Istio knows it
 * @param context the context in the kubeconfig
 * @param kubeconfig where the context is read from
 * @param apiServer the address that other clusters must use for its API server, where it is not the kubeconfig's
 */
public record KnownCluster(
        ClusterName name,
        IstioClusterName istioName,
        NetworkName network,
        String context,
        KubeconfigSource kubeconfig,
        Optional<URI> apiServer) {

    /** With a kubeconfig of one file, and of the same name in Istio. */
    public KnownCluster(
            ClusterName name, NetworkName network, String context, Path kubeconfig, Optional<URI> apiServer) {
        this(
                name,
                new IstioClusterName(name.value()),
                network,
                context,
                new KubeconfigFiles(List.of(kubeconfig)),
                apiServer);
    }

    /** @return empty if the kubeconfig, or one of context, cluster and user, is not there (any more) */
    public Optional<ContextLogin> login() {
        try {
            return kubeconfig.read().login(context);
        } catch (UnusableKubeconfig e) {
            return Optional.empty();
        }
    }
}
