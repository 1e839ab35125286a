package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cluster and the way to it.
 *
 * @param context the context in the kubeconfig
 * @param kubeconfig the file that holds the context
 * @param apiServer the address that other clusters must use for its API server, where it is not the kubeconfig's
 */
public record KnownCluster(
        ClusterName name, NetworkName network, String context, Path kubeconfig, Optional<URI> apiServer) {}
