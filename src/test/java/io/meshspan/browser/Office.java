package io.meshspan.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.meshspan.sandbox.SandboxCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.springframework.util.FileSystemUtils;

/** The service and a browser in front of it: one of each for all people. */
final class Office implements CloseableResource {

    private final Path folder;
    private final SandboxService service;
    private final Desk desk;

    private Office(Path chromium) throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE);
        folder = Files.createTempDirectory("office-");
        service = SandboxService.started(folder);
        desk = Desk.opened(chromium, service.address());
    }

    static Office opened(Path chromium) {
        try {
            return new Office(chromium);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the service", e);
        }
    }

    Desk desk() {
        return desk;
    }

    String address() {
        return service.address();
    }

    /** The levers of a cluster. */
    SandboxCluster cluster(String name) {
        return service.sandbox().cluster(name);
    }

    Changes changes() {
        return new Changes(service.address());
    }

    @Override
    public void close() throws IOException {
        desk.close();
        service.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
