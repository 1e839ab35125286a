package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The work of each person in a browser; a change carries from one test to the next, as from one person to the next. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeopleBrowserIT {

    private static final String PROCESS = "Multi-primary, multi-network";
    private static final int MOST_KEYS = 80;

    private static SandboxService service;
    private static Desk desk;

    @BeforeAll
    static void open(@TempDir Path folder) {
        var chromium = Chromium.installed();
        if (chromium.isEmpty()) {
            System.out.println("PeopleBrowserIT is skipped: " + Chromium.MISSING);
        }
        Assumptions.assumeTrue(chromium.isPresent(), Chromium.MISSING);
        PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE);
        service = SandboxService.started(folder);
        desk = Desk.opened(chromium.get(), service.address());
    }

    @AfterAll
    static void close() {
        if (desk != null) {
            desk.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Order(1)
    void shouldOfferAnOperatorClustersAndVersionsAndSayWhatIsWrong() {
        Tasklist olivia = new Tasklist(desk.signedIn("olivia"));
        Locator form = olivia.startForm(PROCESS);
        SandboxService.CLUSTERS.forEach(
                name -> assertThat(form.getByLabel(name + " (")).isVisible());
        form.locator(".fjs-form-field-select .fjs-input-group").click();
        assertThat(form.locator(".fjs-dropdownlist")).containsText("1.28.10");
        form.locator(".fjs-dropdownlist").getByText("1.30.3").click();
        assertThat(Axe.findings(form.locator(".fjs-form"))).isEmpty();

        olivia.fillIn(form, "Mesh 1", List.of("cluster1"), "two regions, one mesh");
        start(form).click();

        Locator wrong = form.locator(".alert-danger").first();
        assertThat(wrong).containsText("meshId: expected a DNS-1123 label, found 'Mesh 1'");
        assertThat(wrong).containsText("clusters: expected two or more");
        assertThat(wrong).isInViewport();

        olivia.fillIn(form, "mesh1", List.of("cluster1", "cluster2"), "two regions, one mesh");
        start(form).click();
        assertThat(form).hasCount(0);
    }

    @Test
    @Order(2)
    void shouldShowAChangeManagerThePlanAndTheDrawingAndTakeARejectionWithItsReason() {
        changes().ask("oscar", "mesh3", List.of("cluster3", "cluster4"), "a try");
        Tasklist carla = new Tasklist(desk.signedIn("carla"));

        Locator form = carla.open("mesh3");

        assertThat(carla.page().getByText("Approvals waiting for me")).isVisible();
        assertThat(carla.startProcess()).isHidden();
        assertThat(form).containsText("Asked for by oscar, who says: a try");
        assertThat(form).containsText("Secret istio-system/cacerts");
        assertThat(Axe.findings(form)).isEmpty();
        Locator change = carla.change();
        assertThat(change.locator("svg")).containsText("cluster3");
        assertThat(Axe.findings(change)).isEmpty();
        carla.page().locator(".task-details .nav-tabs").getByText("Form").click();
        carla.claim().click();
        carla.decide(form, "Reject: change nothing");
        assertThat(carla.page().locator(".alert-danger:visible")).containsText("comment");
        form.getByLabel("Comment").fill("not before the season");
        carla.complete().click();
        assertThat(carla.task("mesh3")).hasCount(0);
    }

    @Test
    @Order(3)
    void shouldLetAChangeManagerApproveByKeyboardAlone() {
        service.sandbox().cluster("cluster2").deny("patch", "secrets");
        Tasklist carla = new Tasklist(desk.signedIn("carla"));
        assertThat(carla.task("mesh1")).isVisible();
        carla.task("mesh1").click();
        Locator form = carla.form();

        press(carla.claim(), "Enter");
        assertThat(carla.complete()).isVisible();
        press(form.getByLabel("Approve: carry out this plan"), "Space");
        press(carla.complete(), "Enter");

        assertThat(carla.task("mesh1")).hasCount(0);
    }

    @Test
    @Order(4)
    void shouldShowAnOperatorHowTheChangeGoesOnAndAskWhenItFails() {
        Page olivia = desk.signedIn("olivia", "/changes/");
        ChangesPage change = new ChangesPage(olivia).open("mesh1");
        assertThat(change.row("Now", "Decide how to go on")).containsText("one of operators");
        service.sandbox().cluster("cluster2").allowAll();

        Page second = olivia.context().newPage();
        second.navigate(service.address() + change.taskLink().getAttribute("href"));
        Tasklist tasks = new Tasklist(second);
        assertThat(tasks.form()).containsText("cluster2");
        assertThat(Axe.findings(tasks.form())).isEmpty();
        tasks.claim().click();
        tasks.decide(tasks.form(), "Try again");

        assertThat(change.heading("Mesh verified")).isVisible();
        assertThat(change.section("Now")).hasCount(0);
    }

    @Test
    @Order(5)
    void shouldLetNobodyApproveTheirOwnChangeNotEvenAnAdministrator() {
        String change = changes().ask("admin", "mesh5", List.of("cluster5", "cluster6"), "my own");
        Tasklist admin = new Tasklist(desk.signedIn("admin"));
        assertThat(admin.startProcess()).isVisible();

        admin.goTo(changes().task("admin", change));
        admin.claim().click();

        assertThat(admin.page().locator(".page-notifications")).containsText("admin");
        assertThat(admin.claim()).isVisible();
    }

    @Test
    @Order(6)
    void shouldAnswerAnAuditorsQuestionsOnOnePageInCockpit() throws IOException {
        Page andrea = desk.signedIn("andrea");
        assertThat(andrea).hasURL(Pattern.compile(".*/cockpit/default/#/mesh-changes"));
        ChangesPage page = new ChangesPage(andrea);
        assertThat(page.row("Changes", "mesh3")).containsText("Change rejected");
        page.open("mesh1");

        assertThat(page.fact("Asked for by")).hasText("olivia");
        assertThat(page.fact("Because")).hasText("two regions, one mesh");
        assertThat(page.section("The mesh as it was asked for").locator("svg")).containsText("cluster2");
        assertThat(page.section("Plan")).containsText("92 objects to create");
        assertThat(page.row("Decisions", "carla")).containsText("yes");
        assertThat(page.row("Decisions", "carla")).containsText("(the recorded plan)");
        assertThat(page.row("Decisions", "olivia")).containsText("retry");
        assertThat(page.section("Objects")).containsText("cluster2: ");
        assertThat(page.row("Failures", "DENIED")).containsText("cluster2");
        assertThat(page.row("Steps", "Install control plane")).containsText(Pattern.compile("[0-9] s"));
        assertThat(page.row("Answers", "cluster1")).containsText("cluster2");
        assertThat(page.row("Certificates", "cluster2")).isVisible();
        assertThat(page.fact("Record")).containsText("✓ unaltered");
        assertThat(page.fact("Clusters").getByText("cluster1"))
                .hasAttribute("href", Pattern.compile("cluster=cluster1"));
        Download evidence = andrea.waitForDownload(
                () -> andrea.getByText("Signed file (JSON)").click());
        JsonNode file = new ObjectMapper().readTree(evidence.path().toFile());
        assertThat(file.path("signature").asText()).isNotEmpty();
    }

    @Test
    @Order(7)
    void shouldOfferAnAuditorNothingThatIsNotTheirs() {
        Page andrea = desk.signedIn("andrea", "/changes/");
        ChangesPage page = new ChangesPage(andrea).open("mesh5");
        assertThat(page.row("Now", "Approve change")).containsText("change-managers");
        assertThat(page.taskLink()).hasCount(0);
        assertThat(andrea.locator(".ms button")).hasCount(0);

        assertThat(inCockpit(andrea, page.fact("Change").innerText())).hasCount(0);
    }

    @ParameterizedTest
    @Order(8)
    @CsvSource({"olivia, cockpit, tasklist", "carla, admin, tasklist", "andrea, tasklist, cockpit"})
    void shouldLeadWhoeverComesToAWrongDoorToTheirOwn(String user, String wrong, String own) {
        Page page = desk.signedIn(user, "/camunda/app/%s/default/".formatted(wrong));

        assertThat(page).hasURL(Pattern.compile(".*/app/%s/default/.*".formatted(own)));
    }

    @Test
    @Order(9)
    void shouldShowAnAdministratorThePeopleAndWhatCockpitCanDo() {
        Page admin = desk.signedIn("admin", "/camunda/app/admin/default/");
        admin.locator("[cam-widget-header] a[href='#/users']").click();
        assertThat(admin.locator("table")).containsText("carla");
        admin.navigate(service.address() + "/changes/");
        ChangesPage page = new ChangesPage(admin).open("mesh5");
        assertThat(inCockpit(admin, page.fact("Change").innerText())).not().hasCount(0);

        admin.locator("[cam-widget-header] .account a").first().click();
        admin.getByText("Log out").click();

        assertThat(admin.getByLabel("Password")).isVisible();
    }

    @ParameterizedTest
    @Order(10)
    @ValueSource(strings = {"/", "/changes/", "one change", "evidence"})
    void shouldBeUsableByEverybody(String path) {
        Page page = path.equals("/") ? desk.at(path) : desk.signedIn("andrea", "/changes/");
        assertThat(page.locator("h1")).isVisible();
        if (!path.startsWith("/")) {
            new ChangesPage(page).open("mesh1");
            assertThat(page.locator(".djs-container")).isVisible();
        }
        if (path.equals("evidence")) {
            page.navigate(
                    page.getByText("Page to read").evaluate("link => link.href").toString());
        }

        assertThat(Axe.findings(page)).isEmpty();
    }

    @Test
    @Order(11)
    void shouldLetSomebodyWithoutAMouseSignInAndOpenAChange() {
        Page page = desk.at("/?to=/changes/");
        page.keyboard().type("carla");
        page.keyboard().press("Tab");
        page.keyboard().type("carla");
        page.keyboard().press("Enter");
        ChangesPage changes = new ChangesPage(page);
        assertThat(changes.row("Changes", "mesh1")).isVisible();

        press(changes.row("Changes", "mesh1").getByRole(AriaRole.LINK).first(), "Enter");

        assertThat(changes.heading("Mesh verified")).isVisible();
    }

    /** What Cockpit offers to do to a running process. */
    private static Locator inCockpit(Page page, String instance) {
        page.navigate(service.address() + "/camunda/app/cockpit/default/#/process-instance/" + instance);
        assertThat(page.getByText("Called Process Instances")).isVisible();
        assertThat(page.locator(".ctn-tabbed-content td").first()).isVisible();
        return page.locator(".action-button:visible, .ctn-toolbar .btn:visible, .ctn-tabbed-content td .btn:visible");
    }

    private static Changes changes() {
        return new Changes(service.address());
    }

    private static Locator start(Locator form) {
        return form.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start").setExact(true));
    }

    /** Goes there by the Tab key, from wherever the keyboard is. */
    private static void press(Locator target, String key) {
        target.waitFor();
        for (int keys = 0; keys < MOST_KEYS && !isFocused(target); keys++) {
            target.page().keyboard().press("Tab");
        }
        assertThat(target).isFocused();
        target.page().keyboard().press(key);
    }

    private static boolean isFocused(Locator target) {
        return Boolean.TRUE.equals(target.evaluate("node => node === document.activeElement"));
    }
}
