package io.meshspan.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kubeconfig that is stored in an object of a cluster. It contains credentials and is never shown.
 *
 * @param where the object
 * @param yaml the kubeconfig
 * @param refused why it cannot be used, in words for a finding
 */
public record StoredKubeconfig(String where, String yaml, Optional<String> refused) implements KubeconfigSource {

    @Override
    public MergedKubeconfig read() {
        if (refused.isPresent()) {
            throw new UnusableKubeconfig("%s has %s.".formatted(where, refused.get()));
        }
        return MergedKubeconfig.merge(List.of(
                new MergedKubeconfig.Part(KubeconfigFiles.parse(yaml, "The kubeconfig in " + where), Path.of("/"))));
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String toString() {
        return where;
    }
}
