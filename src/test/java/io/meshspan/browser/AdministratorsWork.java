package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Whoever gives rights to others has every application, and approves nothing by that. */
abstract class AdministratorsWork {

    private final BrowserSession browserSession;

    AdministratorsWork(BrowserSession browserSession) {
        this.browserSession = browserSession;
    }

    @Test
    void shouldNotApproveTheirOwnChange() {
        StartedChanges startedChanges = browserSession.changes();
        String change = startedChanges.ask("admin", "mesh5", SandboxService.UNTOUCHED, "my own");
        String task = startedChanges.task("admin", change);
        Tasklist admin =
                new Tasklist(browserSession.desk().signedIn("admin", "/camunda/app/tasklist/default/#/?task=" + task));
        admin.form();
        assertThat(admin.startProcess()).isVisible();

        admin.claim().click();

        assertThat(admin.page().locator(".page-notifications")).containsText("admin");
        assertThat(admin.claim()).isVisible();
    }

    @Test
    void shouldSeeThePeopleAndComeBackToTheFrontPage() {
        Page admin = browserSession.desk().signedIn("admin", "/camunda/app/admin/default/#/users");
        assertThat(admin.locator("table")).containsText("carla");

        browserSession.desk().signOut(admin);
    }
}
