package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** Tasklist, as somebody uses it. */
record Tasklist(Page page) {

    /** The dialog with the start form of the process of that name. */
    Locator startForm(String process) {
        startProcess().click();
        page.locator(".modal")
                .getByText(process, new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        Locator dialog = page.locator(".modal");
        dialog.getByLabel("Reason").waitFor();
        return dialog;
    }

    /** The link in the bar, for whoever may start something. */
    Locator startProcess() {
        return page.locator(".start-process-action a");
    }

    Locator start(Locator form) {
        return form.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start").setExact(true));
    }

    void fillIn(Locator form, String mesh, List<String> clusters, String reason) {
        form.getByLabel("Mesh ID").fill(mesh);
        clusters.forEach(name -> form.getByLabel("%s (%s)".formatted(name, name.replace("cluster", "network")))
                .check());
        form.getByLabel("Reason").fill(reason);
    }

    /** The task about that mesh in the list of the filter that is chosen. */
    Locator task(String mesh) {
        return page.locator("ol.tasks-list li.task").filter(new Locator.FilterOptions().setHasText(mesh));
    }

    /** Opens the task about that mesh, and returns its form. */
    Locator open(String mesh) {
        task(mesh).click();
        return form();
    }

    /** The form of the task that is open. */
    Locator form() {
        Locator form = page.locator(".task-details .fjs-form");
        assertThat(form).isVisible();
        return form;
    }

    Locator claim() {
        return page.locator(".task-details").getByText("Claim", new Locator.GetByTextOptions().setExact(true));
    }

    /** Once the task is claimed. */
    void decide(Locator form, String decision) {
        form.getByLabel(decision).check();
        complete().click();
    }

    Locator complete() {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete").setExact(true));
    }

    /** What belongs to the change of the task, beside its form. */
    Locator change() {
        page.locator(".task-details .nav-tabs")
                .getByText("Change", new Locator.GetByTextOptions().setExact(true))
                .click();
        return page.locator(".task-details .ms");
    }
}
