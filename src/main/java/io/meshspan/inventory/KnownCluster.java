package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A cluster and the way to reach it.
 *
 * @param name the name for people
 * @param istioName the name in Istio
 * @param context the context in the kubeconfig
 * @param kubeconfig the source of the context
 * @param apiServer the address that other clusters must use for its API server, if it differs from the kubeconfig's
 * @param givenName the name in its source, if that is not a DNS label, so that the name for people was made of it
 */
public record KnownCluster(
        ClusterName name,
        IstioClusterName istioName,
        NetworkName network,
        String context,
        KubeconfigSource kubeconfig,
        Optional<URI> apiServer,
        Optional<String> givenName) {

    /** A cluster with a kubeconfig of one file, and with the same name in Istio. */
    public KnownCluster(
            ClusterName name, NetworkName network, String context, Path kubeconfig, Optional<URI> apiServer) {
        this(
                name,
                new IstioClusterName(name.value()),
                network,
                context,
                new KubeconfigFiles(List.of(kubeconfig)),
                apiServer,
                Optional.empty());
    }

    /** @return empty if the kubeconfig does not exist (any more), or lacks the context, its cluster or its user */
    public Optional<ContextLogin> login() {
        try {
            return kubeconfig.read().login(context);
        } catch (UnusableKubeconfig e) {
            return Optional.empty();
        }
    }
}
