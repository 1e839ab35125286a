package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.meshspan.DemoUsers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser in front of the service, with a profile of its own for each person. */
final class TasklistPage implements AutoCloseable {

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

    private TasklistPage(Path chromium, String address) {
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
    static TasklistPage opened(Path chromium, String address) {
        return new TasklistPage(chromium, address);
    }

    /**
     * Somebody at a browser of their own; with the demo's password.
     *
     * @param path where they go
     */
    Page signedIn(String user, String path) {
        Page page = page();
        APIRequestContext requests = page.context().request();
        assertThat(requests.get(address + "/")).isOK();
        APIResponse answer = requests.post(
                address + "/sign-in",
                RequestOptions.create()
                        .setHeader("X-XSRF-TOKEN", cookie(page, "XSRF-TOKEN"))
                        .setForm(FormData.create().set("user", user).set("password", DemoUsers.PASSWORD)));
        assertThat(answer).isOK();
        page.navigate(address + path);
        return page;
    }

    private static String cookie(Page page, String name) {
        return page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals(name))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElseThrow();
    }

    /** Fills in the front page. */
    void signIn(Page page, String user, String password) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    /** By the menu that each of Camunda's web applications has; it leads to the front page, where everybody gets in. */
    void signOut(Page page) {
        page.locator("[cam-widget-header] .account a").first().click();
        page.getByText("Log out").click();
        assertThat(page).hasURL(address + "/");
        assertThat(page.getByLabel("Password")).isVisible();
    }

    /** Somebody who is not signed in. */
    Page at(String path) {
        Page page = page();
        page.navigate(address + path);
        return page;
    }

    private Page page() {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 1000))
                .newPage();
        page.setDefaultTimeout(PATIENCE);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
