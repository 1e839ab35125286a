package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
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

/** The work of each person, from the form in Tasklist to the auditor's answers; the clusters carry from one test to the next. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeopleBrowserIT {

    private static final LocatorAssertions.IsVisibleOptions LONG =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

    private static Desk desk;

    @BeforeAll
    static void open(@TempDir Path folder) {
        var chromium = Chromium.installed();
        Assumptions.assumeTrue(chromium.isPresent(), Chromium.MISSING);
        desk = Desk.opened(chromium.get(), folder);
    }

    @AfterAll
    static void close() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    @Order(1)
    void shouldLeadAChangeFromTheFormOverTheApprovalToTheVerifiedMesh() {
        // given: the second cluster refuses a write, so the change fails once
        Page olivia = desk.signedIn("olivia");
        ask(olivia);
        Page carla = desk.signedIn("carla");
        carla.getByText("Approve change").first().click();
        assertThat(carla.getByText("Asked for by").first()).isVisible(LONG);
        assertThat(carla.getByText("two regions, one mesh").first()).isVisible(LONG);
        desk.cluster("cluster2").deny("patch", "secrets");

        // when
        carla.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        carla.getByText("Approve: carry out this plan").click();
        button(carla, "Complete").click();

        // then
        olivia.navigate(desk.address() + "/changes/");
        olivia.locator("table a").first().click();
        Locator open = olivia.getByText("Open the task \"Decide how to go on\"");
        assertThat(open).isVisible(LONG);
        desk.cluster("cluster2").allowAll();
        open.click();
        olivia.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        olivia.getByText("Try again", new Page.GetByTextOptions().setExact(true))
                .click();
        button(olivia, "Complete").click();
        olivia.navigate(desk.address() + "/changes/");
        olivia.locator("table a").first().click();
        assertThat(olivia.locator("h1").getByText("Mesh verified")).isVisible(LONG);
    }

    @Test
    @Order(2)
    void shouldAnswerTheAuditorsQuestionsInCockpit() {
        Page andrea = desk.signedIn("andrea");

        assertThat(andrea)
                .hasURL(
                        Pattern.compile(".*/cockpit/default/#/mesh-changes"),
                        new PageAssertions.HasURLOptions().setTimeout(60_000));
        andrea.locator("table a").first().click();

        Locator page = andrea.locator(".ms");
        assertThat(page.getByText("✓ unaltered")).isVisible(LONG);
        assertThat(page.getByText("two regions, one mesh")).isVisible();
        assertThat(row(page, "Decisions", "carla")).containsText("yes");
        assertThat(row(page, "Decisions", "carla")).containsText("(the recorded plan)");
        assertThat(row(page, "Decisions", "olivia")).containsText("retry");
        assertThat(row(page, "Failures", "DENIED").first()).containsText("cluster2");
        assertThat(row(page, "Answers", "cluster1")).not().hasCount(0);
        assertThat(row(page, "Certificates", "cluster2")).not().hasCount(0);
        assertThat(andrea.getByText("Open the task")).hasCount(0);
        assertThat(button(andrea, "Try again")).hasCount(0);
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "olivia, cockpit, tasklist",
        "carla, admin, tasklist",
        "andrea, tasklist, cockpit",
        "andrea, admin, cockpit"
    })
    void shouldLeadWhoeverComesToAWrongDoorToTheirOwn(String user, String wrong, String own) {
        Page page = desk.signedIn(user, "/camunda/app/%s/default/".formatted(wrong));

        assertThat(page)
                .hasURL(
                        Pattern.compile(".*/app/%s/default/.*".formatted(own)),
                        new PageAssertions.HasURLOptions().setTimeout(60_000));
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource({"/", "/changes/", "'/changes/#/?change='"})
    void shouldBeUsableByEverybody(String path) {
        Page page = path.equals("/") ? desk.frontPage(path) : desk.signedIn("andrea", "/changes/");
        if (path.endsWith("=")) {
            page.locator("table a").first().click();
            assertThat(page.locator(".djs-container")).isVisible(LONG);
        } else {
            assertThat(page.locator("h1")).isVisible(LONG);
        }

        assertThat(Axe.findings(page)).isEmpty();
    }

    @Test
    @Order(5)
    void shouldLetSomebodyWithoutAMouseSignInAndOpenAChange() {
        Page page = desk.frontPage("/?to=/changes/");
        page.keyboard().type("carla");
        page.keyboard().press("Tab");
        page.keyboard().type("carla");
        page.keyboard().press("Enter");
        Locator change = page.locator("table a").first();
        assertThat(change).isVisible(LONG);

        for (int steps = 0; steps < 40 && !isFocused(change); steps++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        assertThat(page.locator("h1").getByText("Mesh verified")).isVisible(LONG);
    }

    private static void ask(Page olivia) {
        olivia.getByText("Start process").first().click();
        olivia.locator(".modal")
                .getByText("Multi-primary, multi-network", new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        olivia.getByLabel("Reason").fill("two regions, one mesh");
        olivia.locator(".modal")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Start").setExact(true))
                .click();
        assertThat(olivia.locator(".modal")).hasCount(0);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator row(Locator page, String table, String text) {
        return page.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName(table))
                .locator("tbody tr")
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    private static boolean isFocused(Locator link) {
        return Boolean.TRUE.equals(link.evaluate("node => node === document.activeElement"));
    }
}
