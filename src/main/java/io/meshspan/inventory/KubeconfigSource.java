package io.meshspan.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the kubeconfig of a cluster comes from. Equal sources give the same kubeconfig as long as their files do not change. */
public interface KubeconfigSource {

    /** @throws UnusableKubeconfig if it is not there or is no kubeconfig */
    MergedKubeconfig read();

    /** What of it this service will not use, in words for a finding. */
    default Optional<String> refused() {
        return Optional.empty();
    }

    /** The files that it is read from; none if it is stored elsewhere. */
    List<Path> files();
}
