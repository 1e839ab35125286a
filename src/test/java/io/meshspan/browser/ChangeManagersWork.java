package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.meshspan.DemoUsers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Carla reads plans and decides on them. */
abstract class ChangeManagersWork {

    private final BrowserSession browserSession;

    ChangeManagersWork(BrowserSession browserSession) {
        this.browserSession = browserSession;
    }

    @Test
    void shouldShowThePlanAndTheDrawingAndTakeARejectionWithItsReason() {
        String asked = browserSession.changes().ask("oscar", "mesh3", SandboxService.UNTOUCHED, "a try");
        browserSession.changes().task("carla", asked);
        Tasklist carla = new Tasklist(browserSession.desk().signedIn("carla", "/camunda/app/tasklist/default/"));

        Locator form = carla.open("mesh3");

        assertThat(carla.page().getByText("Approvals waiting for me")).isVisible();
        assertThat(carla.startProcess()).isHidden();
        assertThat(form).containsText(Pattern.compile("Asked for by\\s*oscar\\s*Because\\s*a try"));
        assertThat(form).containsText(Pattern.compile("Istio version\\s*1\\.30\\.3 \\(new in"));
        assertThat(form).containsText("Secret istio-system/cacerts");
        assertThat(form.getByText("The plan object by object"))
                .hasAttribute("href", Pattern.compile(".*/changes/#/\\?change=" + asked));
        assertThat(form.locator("table")
                        .evaluateAll("all => all.filter(t => t.scrollWidth > t.parentElement.clientWidth).length"))
                .as("tables wider than the form")
                .isEqualTo(0);
        assertThat(Axe.findings(form)).isEmpty();
        Locator change = carla.change();
        assertThat(change.locator("svg")).containsText("cluster5");
        assertThat(change.locator(".ms-group").first()).containsText("In cluster5, cluster6: create");
        assertThat(change.locator("h2").first()).containsText("waits for you");
        assertThat(Axe.findings(change)).isEmpty();
        carla.page().locator(".task-details .nav-tabs").getByText("Form").click();
        carla.claim().click();
        carla.decide(form, "Reject: change nothing");
        Locator refusal = carla.page().locator(".alert-danger:visible");
        assertThat(refusal).containsText("comment");
        assertThat(carla.complete()).isFocused();
        carla.complete().click();
        assertThat(carla.complete()).isFocused();
        assertThat(refusal).hasCount(1);
        form.getByLabel("Comment").fill("not before the season");
        carla.complete().click();
        assertThat(carla.task("mesh3")).hasCount(0);
        assertThat(refusal).hasCount(0);
    }

    @Test
    void shouldNeedNoMouseFromTheFrontPageToTheApproval() {
        String asked =
                browserSession.changes().ask("oscar", "mesh4", List.of("cluster3", "cluster4"), "without a mouse");
        browserSession.changes().task("carla", asked);
        Page page = browserSession.desk().at("/?to=/changes/");
        page.keyboard().type("carla");
        page.keyboard().press("Tab");
        page.keyboard().type(DemoUsers.PASSWORD);
        page.keyboard().press("Enter");
        ChangePageInBrowser changes = new ChangePageInBrowser(page);
        Keys.press(changes.row("Changes", "mesh4").getByRole(AriaRole.LINK).first(), "Enter");
        Keys.press(changes.taskLink(), "Enter");
        Tasklist carla = new Tasklist(page);

        Locator form = carla.form();
        Keys.press(carla.claim(), "Enter");
        assertThat(carla.complete()).isVisible();
        assertThat(form.getByLabel("Approve: carry out this plan")).isEnabled();
        Keys.press(form.getByLabel("Approve: carry out this plan"), "Space");
        assertThat(form.getByLabel("Approve: carry out this plan")).isChecked();
        Keys.press(form.getByLabel("Approve: carry out this plan"), "Tab");
        assertThat(form.getByLabel("Comment")).isFocused();
        page.keyboard().type(" read twice");
        assertThat(form.getByLabel("Approve: carry out this plan")).isChecked();
        Keys.press(carla.complete(), "Enter");

        assertThat(carla.task("mesh4")).hasCount(0);
    }

    @Test
    void shouldBeLedFromAWrongDoorToTasklist() {
        Page page = browserSession.desk().signedIn("carla", "/camunda/app/admin/default/");

        assertThat(page).hasURL(Pattern.compile(".*/app/tasklist/default/.*"));
    }
}
