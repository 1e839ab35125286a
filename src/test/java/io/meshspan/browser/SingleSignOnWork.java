package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.meshspan.web.SimulatedProvider;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Somebody signs in and out at an identity provider. */
abstract class SingleSignOnWork {

    private static final String NAME = "Sonja <b>Approver</b>";

    private final BrowserSession browserSession;
    private final SimulatedProvider.Person corp;

    SingleSignOnWork(BrowserSession browserSession) {
        this.browserSession = browserSession;
        corp = browserSession.provider().corp();
    }

    private Locator signInAtCorp(Page page) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Corp SSO"));
    }

    private void signIn(Page page, String user) {
        assertThat(page.getByLabel("Password")).isVisible();
        signInAtCorp(page).click();
        page.locator("input[name=username]").fill(user);
        page.locator("input[name=username]").press("Enter");
    }

    @Test
    void shouldComeFromTheLinkOfATaskToTheTaskDecideAndSignOutThereToo() {
        String asked = browserSession.changes().ask("olivia", "mesh20", SandboxService.UNTOUCHED, "by single sign-on");
        String task = browserSession.changes().task("olivia", asked);
        corp.is("unused", NAME, List.of("mesh-approvers"));
        Page page = browserSession.desk().at("/camunda/app/tasklist/default/#/?task=" + task);
        assertThat(signInAtCorp(page)).isVisible();
        Assertions.assertThat(Axe.findings(page)).isEmpty();

        signIn(page, "sonja");

        Tasklist sonja = new Tasklist(page);
        Locator form = sonja.form();
        assertThat(form).containsText("by single sign-on");
        sonja.claim().click();
        sonja.decide(form, "Reject: change nothing");
        form.getByLabel("Comment").fill("seen by single sign-on");
        sonja.complete().click();
        assertThat(sonja.task("mesh20")).hasCount(0);

        page.navigate(browserSession.address() + "/changes/#/?change=" + asked);
        ChangePageInBrowser change = new ChangePageInBrowser(page);
        assertThat(page.locator("#who")).hasText(NAME);
        assertThat(change.row("Decisions", NAME)).containsText("seen by single sign-on");
        String evidence = page.request()
                .get(browserSession.address() + "/changes/data/changes/%s/evidence.json".formatted(asked))
                .text();
        Assertions.assertThat(evidence)
                .contains(" is " + NAME, "IDENTIFIED", "subject sonja")
                .doesNotContain("eyJ");

        page.navigate(browserSession.address() + "/camunda/app/tasklist/default/");
        browserSession.desk().signOut(page);
        assertThat(page.getByText("You are still signed in at Corp SSO.")).isVisible();
        page.getByText("Sign out there, too").click();
        assertThat(page.getByText("logged out")).isVisible();
        Assertions.assertThat(page.url()).isEqualTo(browserSession.provider().issuer("corp") + "/endsession");
    }

    @Test
    void shouldChangeRolesWithTheGroupsAndComeBackWhenTheSessionHasEnded() {
        corp.is("unused", "Gregor", List.of("mesh-ops"));
        Page page = browserSession.desk().at("/changes/#/?person=gregor");
        signIn(page, "gregor");
        assertThat(page).hasURL(browserSession.address() + "/changes/#/?person=gregor");
        assertThat(page.locator("#desk")).hasText("Tasklist");

        corp.is("unused", "Gregor", List.of("audit"));
        page.waitForTimeout(SandboxService.REFRESHED);
        page.reload();
        assertThat(page.locator("#desk")).hasText("Cockpit");
        page.navigate(browserSession.address() + "/camunda/app/tasklist/default/");
        assertThat(page).hasURL(Pattern.compile(".*/app/cockpit/.*"));

        page.navigate(browserSession.address() + "/changes/#/?person=gregor");
        assertThat(page.locator("#who")).hasText("Gregor");
        corp.withdraw();
        page.waitForTimeout(SandboxService.REFRESHED);
        page.reload();
        signIn(page, "gregor");
        assertThat(page).hasURL(browserSession.address() + "/changes/#/?person=gregor");
        corp.is("unused", "Gregor", List.of("audit"));
        assertThat(page.locator("#who")).hasText("Gregor");

        page.locator("#sign-out").click();
        assertThat(page.getByText("logged out")).isVisible();
        page.navigate(browserSession.address() + "/changes/");
        assertThat(signInAtCorp(page)).isVisible();
    }

    @Test
    void shouldSayWhyNobodyIsSignedIn() {
        corp.is("unused", "Nora", List.of("of no role"));
        Page page = browserSession.desk().at("/changes/");
        signIn(page, "nora");

        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("none of your groups has a role in Meshspan");
        Assertions.assertThat(Axe.findings(page)).isEmpty();
    }
}
