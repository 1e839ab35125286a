package io.meshspan.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The source of a cluster's kubeconfig. Equal sources give the same kubeconfig as long as their files do not change. */
public interface KubeconfigSource {

    /** @throws UnusableKubeconfig if it does not exist or is not a kubeconfig */
    MergedKubeconfig read();

    /** The parts that this service does not accept, in words for a finding. */
    default Optional<String> refused() {
        return Optional.empty();
    }

    /** The files of the kubeconfig; none if it is stored elsewhere. */
    List<Path> files();
}
