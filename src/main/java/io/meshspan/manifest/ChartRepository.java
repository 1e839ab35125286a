package io.meshspan.manifest;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.meshspan.mesh.IstioVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells Helm about the repository, once, in a configuration of our own so that no user's is read or changed. */
final class ChartRepository {

    private final ChartLocation location;
    private final String source;
    private @Nullable Path configuration;

    ChartRepository(ChartLocation location, String source) {
        this.location = location;
        this.source = source;
    }

    /** Charts on disk bring their version; the others are asked for by it. */
    TemplateCommand versioned(TemplateCommand command, IstioVersion version) {
        if (location.isRepository()) {
            return command.withRepositoryConfig(configuration()).withVersion(version.toString());
        }
        return location.isRegistry() ? command.withVersion(version.toString()) : command;
    }

    private synchronized Path configuration() {
        if (configuration == null || !Files.exists(configuration)) {
            Path file = WorkFolder.folder("helm").resolve("repositories.yaml");
            Helm.repo()
                    .add()
                    .withRepositoryConfig(file)
                    .withName(location.repository())
                    .withUrl(URI.create(source))
                    .call();
            configuration = file;
        }
        return configuration;
    }
}
