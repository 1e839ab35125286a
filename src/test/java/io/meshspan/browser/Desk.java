package io.meshspan.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.meshspan.MeshspanApplication;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application with two clusters and the demo's users, and a browser in front of it. */
final class Desk implements AutoCloseable {

    /** Runs may be several times slower than on a quiet machine; nothing waits longer than it must. */
    private static final double PATIENCE = 60_000;

    private final Sandbox sandbox;
    private final ConfigurableApplicationContext application;
    private final Playwright playwright;
    private final Browser browser;

    private Desk(Path chromium, Path folder) {
        sandbox = Sandbox.start(
                SandboxCluster.named("cluster1", "network1"), SandboxCluster.named("cluster2", "network2"));
        application = new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(arguments(sandbox, folder).toArray(String[]::new));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
    }

    static Desk opened(Path chromium, Path folder) {
        return new Desk(chromium, folder);
    }

    SandboxCluster cluster(String name) {
        return sandbox.cluster(name);
    }

    /** Somebody at a browser of their own, who has just signed in on the front page; the password is the name. */
    Page signedIn(String user) {
        return signedIn(user, "/");
    }

    /** @param path where they were going when they were asked who they are */
    Page signedIn(String user, String path) {
        Page page = frontPage(path);
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(user);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        return page;
    }

    Page frontPage(String path) {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 1000))
                .newPage();
        page.setDefaultTimeout(PATIENCE);
        page.navigate(address() + path);
        return page;
    }

    String address() {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        application.close();
        sandbox.close();
    }

    private static List<String> arguments(Sandbox sandbox, Path folder) {
        return List.of(
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:browser",
                "--meshspan.trust.keystore=" + folder.resolve("root.p12"),
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig(),
                "--meshspan.inventory.clusters.cluster1.network=network1",
                "--meshspan.inventory.clusters.cluster1.api-server=" + sandbox.apiServer("cluster1"),
                "--meshspan.inventory.clusters.cluster2.network=network2",
                "--meshspan.inventory.clusters.cluster2.api-server=" + sandbox.apiServer("cluster2"));
    }
}
