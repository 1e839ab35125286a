package io.meshspan.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.web.SimulatedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.springframework.util.FileSystemUtils;

/** The service and a browser in front of it: one of each for all people. */
final class BrowserSession implements CloseableResource {

    private final Path folder;
    private final SandboxService service;
    private final SimulatedProvider provider;
    private final TasklistPage tasklistPage;

    private BrowserSession(Path chromium) throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(TasklistPage.PATIENCE);
        folder = Files.createTempDirectory("office-");
        provider = new SimulatedProvider(true);
        service = SandboxService.started(folder, provider);
        tasklistPage = TasklistPage.opened(chromium, service.address());
    }

    static BrowserSession opened(Path chromium) {
        try {
            return new BrowserSession(chromium);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the service", e);
        }
    }

    TasklistPage desk() {
        return tasklistPage;
    }

    /** At which people sign in who have no password here. */
    SimulatedProvider provider() {
        return provider;
    }

    String address() {
        return service.address();
    }

    /** The levers of a cluster. */
    SandboxCluster cluster(String name) {
        return service.sandbox().cluster(name);
    }

    StartedChanges changes() {
        return new StartedChanges(service.address());
    }

    @Override
    public void close() throws IOException {
        tasklistPage.close();
        service.close();
        provider.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
