package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Whoever gives rights to others has every application, and approves nothing by that. */
abstract class AdministratorsWork {

    private final Office office;

    AdministratorsWork(Office office) {
        this.office = office;
    }

    @Test
    void shouldNotApproveTheirOwnChange() {
        Changes changes = office.changes();
        String change = changes.ask("admin", "mesh5", SandboxService.UNTOUCHED, "my own");
        String task = changes.task("admin", change);
        Tasklist admin = new Tasklist(office.desk().signedIn("admin", "/camunda/app/tasklist/default/#/?task=" + task));
        admin.form();
        assertThat(admin.startProcess()).isVisible();

        admin.claim().click();

        assertThat(admin.page().locator(".page-notifications")).containsText("admin");
        assertThat(admin.claim()).isVisible();
    }

    @Test
    void shouldSeeThePeopleAndComeBackToTheFrontPage() {
        Page admin = office.desk().signedIn("admin", "/camunda/app/admin/default/#/users");
        assertThat(admin.locator("table")).containsText("carla");

        office.desk().signOut(admin);
    }
}
