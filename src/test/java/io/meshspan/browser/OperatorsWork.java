package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.meshspan.DemoUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Olivia asks for changes and goes on with those that got stuck. */
abstract class OperatorsWork {

    /** Blue in the diagram, at each of its levels. */
    private static final Pattern UNDER_WAY = Pattern.compile(".*ms-doing.*");

    private final BrowserSession browserSession;

    OperatorsWork(BrowserSession browserSession) {
        this.browserSession = browserSession;
    }

    @Test
    void shouldOfferClustersAndVersionsSayWhatIsWrongAndLeadBackToTheFrontPage() {
        TasklistPage tasklistPage = browserSession.desk();
        Page page = tasklistPage.at("/");
        assertThat(Axe.findings(page)).isEmpty();
        tasklistPage.signIn(page, "olive", DemoUsers.PASSWORD);
        assertThat(page.locator("#refusal")).containsText("no such user with this password");
        tasklistPage.signIn(page, "olivia", DemoUsers.PASSWORD);

        Tasklist olivia = new Tasklist(page);
        Locator form = olivia.startForm("Multi-primary, multi-network");
        SandboxService.CLUSTERS.forEach(
                name -> assertThat(form.getByLabel(name + " (")).isVisible());
        form.locator(".fjs-form-field-select .fjs-input-group").click();
        assertThat(form.locator(".fjs-dropdownlist")).containsText("1.28.10");
        page.keyboard().press("Escape");
        assertThat(form.locator(".fjs-dropdownlist")).hasCount(0);
        page.keyboard().press("ArrowDown");
        form.locator(".fjs-dropdownlist").getByText("1.30.3").click();
        assertThat(Axe.findings(form.locator(".fjs-form"))).isEmpty();

        olivia.fillIn(form, "Mesh 1", List.of("cluster1"), "two regions, one mesh");
        olivia.start(form).click();

        Locator wrong = form.locator(".alert-danger").first();
        assertThat(wrong).containsText("meshId: expected an ID for a mesh");
        assertThat(wrong).containsText("clusters: expected two or more");
        assertThat(wrong).isInViewport();

        olivia.fillIn(form, "mesh1", List.of("cluster1", "cluster2"), "two regions, one mesh");
        olivia.start(form).click();
        assertThat(form).hasCount(0);

        tasklistPage.signOut(page);
    }

    @Test
    void shouldShowHowTheChangeGoesOnAndAskWhenItFails() {
        String asked = browserSession.changes().ask("olivia", "mesh2", List.of("cluster1", "cluster2"), "a second one");
        Page olivia = browserSession.desk().signedIn("olivia", "/changes/#/?change=" + asked);
        ChangePageInBrowser change = new ChangePageInBrowser(olivia);
        assertThat(change.row("Now", "Approve change")).containsText("change-managers");
        assertThat(change.heading("waiting for approval")).isVisible();
        assertThat(change.step("CallActivity_PrepareChange")).hasClass(UNDER_WAY);
        assertThat(change.opener("CallActivity_PrepareChange")).hasText("open ▸");
        change.opener("CallActivity_PrepareChange").click();
        assertThat(change.step("Task_ApproveChange")).hasClass(UNDER_WAY);
        change.topLevel(asked);

        browserSession.cluster("cluster2").deny("patch", "secrets");
        browserSession.changes().approve("carla", asked);
        assertThat(change.row("Now", "Decide how to go on")).containsText("one of operators");
        assertThat(change.heading("waiting for decision")).containsText("waits for you");
        assertThat(change.step("CallActivity_ResolveFailure")).hasClass(UNDER_WAY);
        change.opener("CallActivity_ResolveFailure").click();
        assertThat(change.step("Task_DecideHowToGoOn")).hasClass(UNDER_WAY);
        browserSession.cluster("cluster2").allowAll();

        Page second = olivia.context().newPage();
        second.navigate(browserSession.address() + change.taskLink().getAttribute("href"));
        Tasklist tasks = new Tasklist(second);
        assertThat(tasks.form()).containsText("cluster2");
        assertThat(Axe.findings(tasks.form())).isEmpty();
        tasks.claim().click();
        tasks.decide(tasks.form(), "Try again");

        assertThat(change.heading("Mesh verified")).isVisible();
        assertThat(change.section("Now")).hasCount(0);
    }

    /** What is new comes by itself; whoever reads or types stays where they are. */
    @Test
    void shouldKeepTheReadersPlaceInAListThatRefreshes() {
        String first = browserSession.changes().ask("olivia", "mesh10", SandboxService.UNTOUCHED, "the first");
        Page olivia = browserSession.desk().signedIn("olivia", "/changes/#/?person=olivia");
        ChangePageInBrowser list = new ChangePageInBrowser(olivia);
        Locator link = list.row("Changes", "mesh10").getByRole(AriaRole.LINK).first();
        link.focus();

        browserSession.changes().ask("olivia", "mesh11", SandboxService.UNTOUCHED, "the second");
        browserSession.changes().task("olivia", first);

        assertThat(list.row("Changes", "mesh11")).isVisible();
        assertThat(list.row("Changes", "mesh10")).containsText("waiting for approval");
        assertThat(list.row("Changes", "mesh10")).not().containsText("waits for you");
        assertThat(link).isFocused();
        assertThat(link).hasAttribute("href", Pattern.compile(".*change=" + first));
    }

    @Test
    void shouldBeAskedToSignInWhereTheyWereGoingOnceTheySignedOutInTheSameBrowser() {
        TasklistPage tasklistPage = browserSession.desk();
        Page page = tasklistPage.signedIn("olivia", "/changes/#/");
        List<String> errors = new ArrayList<>();
        page.onPageError(errors::add);
        assertThat(page.locator("#who")).hasText("olivia");
        page.locator("#sign-out").click();
        assertThat(page.getByLabel("Password")).isVisible();

        page.navigate(browserSession.address() + "/changes/#/?mesh=mesh1");
        assertThat(page.getByLabel("Password")).isVisible();
        tasklistPage.signIn(page, "olivia", DemoUsers.PASSWORD);
        assertThat(page).hasURL(browserSession.address() + "/changes/#/?mesh=mesh1");
        assertThat(page.locator("#who")).hasText("olivia");

        page.context().clearCookies();
        page.evaluate("() => { location.hash = '#/'; }");
        assertThat(page.getByLabel("Password")).isVisible();
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldBeLedFromAWrongDoorToTasklist() {
        Page page = browserSession.desk().signedIn("olivia", "/camunda/app/cockpit/default/");

        assertThat(page).hasURL(Pattern.compile(".*/app/tasklist/default/.*"));
    }
}
