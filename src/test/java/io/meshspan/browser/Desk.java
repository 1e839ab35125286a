package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser in front of the service, with a profile of its own for each person. */
final class Desk implements AutoCloseable {

    /** Runs may be several times slower than on a quiet machine; nothing waits longer than it must. */
    static final double PATIENCE = 60_000;

    private static final List<String> QUIETLY = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final String address;
    private final Playwright playwright;
    private final Browser browser;

    private Desk(Path chromium, String address) {
        this.address = address;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(QUIETLY));
    }

    /** @param address of the service, without a path */
    static Desk opened(Path chromium, String address) {
        return new Desk(chromium, address);
    }

    /** Somebody at a browser of their own, who has just signed in on the front page; the password is the name. */
    Page signedIn(String user) {
        return signedIn(user, "/");
    }

    /** @param path where they were going when they were asked who they are */
    Page signedIn(String user, String path) {
        Page page = at(path);
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(user);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(page.getByLabel("Password")).hasCount(0);
        return page;
    }

    /** Somebody who is not signed in. */
    Page at(String path) {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 1000))
                .newPage();
        page.setDefaultTimeout(PATIENCE);
        page.navigate(address + path);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
