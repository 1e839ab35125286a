package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshspan.secrets.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Writes the file by which an application finds the clusters: one context a cluster, named like it. */
final class Kubeconfig {

    private Kubeconfig() {}

    /** @return a temporary file that its owner alone can read */
    static Path write(List<RunningCluster> clusters) {
        ConfigBuilder config = new ConfigBuilder()
                .withCurrentContext(clusters.isEmpty() ? "" : clusters.get(0).name());
        for (RunningCluster cluster : clusters) {
            config.addNewCluster()
                    .withName(cluster.name())
                    .withNewCluster()
                    .withServer(cluster.apiServer())
                    .endCluster()
                    .endCluster()
                    .addNewUser()
                    .withName(cluster.name())
                    .withNewUser()
                    .withToken(cluster.tokens().administrator())
                    .endUser()
                    .endUser()
                    .addNewContext()
                    .withName(cluster.name())
                    .withNewContext()
                    .withCluster(cluster.name())
                    .withUser(cluster.name())
                    .endContext()
                    .endContext();
        }
        return write(config.build());
    }

    private static Path write(Config config) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path file = Files.createTempFile("sandbox-", ".kubeconfig", ownerOnly);
            TemporaryFiles.kubeconfig(file);
            return Files.writeString(file, Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's kubeconfig cannot be written", e);
        }
    }
}
