package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Andrea reads what was done: of a change that failed once and ended well, and of one that waits. */
abstract class AuditorsWork {

    private static final List<String> CLUSTERS = List.of("cluster7", "cluster8");

    private final BrowserSession browserSession;

    AuditorsWork(BrowserSession browserSession) {
        this.browserSession = browserSession;
    }

    @BeforeAll
    static void work(BrowserSession browserSession) {
        StartedChanges startedChanges = browserSession.changes();
        String change = startedChanges.ask("olivia", "mesh7", CLUSTERS, "two regions, one mesh");
        startedChanges.task("carla", change);
        browserSession.cluster("cluster8").deny("patch", "secrets");
        startedChanges.approve("carla", change);
        String failure = startedChanges.task("olivia", change);
        browserSession.cluster("cluster8").allowAll();
        startedChanges.decide("olivia", change, failure, "retry");
        startedChanges.end("olivia", change);
        startedChanges.task("olivia", startedChanges.ask("oscar", "mesh8", SandboxService.UNTOUCHED, "later"));
    }

    @Test
    void shouldFindTheAnswersToEveryQuestionOnOnePageInCockpit() throws IOException {
        Page andrea = browserSession.desk().signedIn("andrea", "/");
        assertThat(andrea).hasURL(Pattern.compile(".*/cockpit/default/#/mesh-changes"));
        ChangePageInBrowser page = new ChangePageInBrowser(andrea);
        page.open("mesh7");

        assertThat(page.fact("Asked for by")).hasText("olivia");
        assertThat(page.fact("Because")).hasText("two regions, one mesh");
        assertThat(page.section("What was asked for")).containsText("1.30.3 (new in cluster7, cluster8)");
        assertThat(page.section("The requested mesh").locator("svg")).containsText("cluster8");
        assertThat(page.section("Plan")).containsText("92 objects to create");
        assertThat(page.section("Plan").locator(".ms-group").first()).containsText("In cluster7, cluster8: create");
        assertThat(page.section("Plan").locator(".ms-group").first()).containsText("istio-system/cacerts");
        assertThat(page.row("Decisions", "carla")).containsText("yes");
        assertThat(page.row("Decisions", "carla")).containsText("(the recorded plan)");
        assertThat(page.row("Decisions", "olivia")).containsText("try again");
        assertThat(page.section("Objects")).containsText("cluster8: ");
        assertThat(page.row("Failures", "DENIED")).containsText("cluster8");
        assertThat(page.row("Failures", "olivia")).containsText("try again");
        page.section("The whole record").locator("summary").click();
        assertThat(page.row("Record", "FAILED")).containsText("cluster8");
        assertThat(page.row("Record", "FAILED").locator("pre")).containsText("permission");
        assertThat(page.row("Steps", "Install control plane")).containsText(Pattern.compile("[0-9] s"));
        assertThat(page.row("Answers", "cluster7")).containsText("1 synced");
        assertThat(page.row("Certificates", "cluster8")).isVisible();
        assertThat(page.fact("Record")).containsText("✓ unaltered");
        assertThat(page.fact("Clusters").getByText("cluster7"))
                .hasAttribute("href", Pattern.compile("cluster=cluster7"));
        Download evidence = andrea.waitForDownload(
                () -> andrea.getByText("Signed file (JSON)").click());
        JsonNode file = new ObjectMapper().readTree(evidence.path().toFile());
        assertThat(file.path("signature").asText()).isNotEmpty();
    }

    @Test
    void shouldReadPagesThatEverybodyCanUse() {
        Page andrea = browserSession.desk().signedIn("andrea", "/changes/");
        ChangePageInBrowser page = new ChangePageInBrowser(andrea);
        assertThat(page.row("Changes", "mesh7")).isVisible();
        assertThat(Axe.findings(andrea)).isEmpty();

        page.open("mesh7");
        assertThat(andrea.locator(".djs-container")).isVisible();
        assertThat(Axe.findings(andrea)).isEmpty();

        andrea.navigate(
                andrea.getByText("Page to read").evaluate("link => link.href").toString());
        assertThat(Axe.findings(andrea)).isEmpty();
    }

    @Test
    void shouldBeOfferedNothingThatIsNotTheirs() {
        Page andrea = browserSession.desk().signedIn("andrea", "/changes/");
        ChangePageInBrowser page = new ChangePageInBrowser(andrea).open("mesh8");
        assertThat(page.row("Now", "Approve change")).containsText("change-managers");
        assertThat(page.taskLink()).hasCount(0);
        assertThat(andrea.locator(".ms .ms-act")).hasCount(0);

        andrea.navigate(browserSession.address() + "/camunda/app/cockpit/default/#/process-instance/"
                + page.fact("Change").innerText());
        assertThat(andrea.locator(".ctn-tabbed-content td").first()).isVisible();
        Locator actions = andrea.locator(".action-button, .ctn-toolbar .btn");
        assertThat(actions).not().hasCount(0);
        assertThat(actions.locator("visible=true")).hasCount(0);

        browserSession.desk().signOut(andrea);
    }

    @Test
    void shouldBeLedFromAWrongDoorToCockpit() {
        Page page = browserSession.desk().signedIn("andrea", "/camunda/app/tasklist/default/");

        assertThat(page).hasURL(Pattern.compile(".*/app/cockpit/default/.*"));
    }
}
