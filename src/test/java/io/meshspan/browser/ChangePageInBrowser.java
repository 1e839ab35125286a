package io.meshspan.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The pages of the changes, alone or in Cockpit, as somebody reads them. */
record ChangePageInBrowser(Page page) {

    /** Opens the change of that mesh from the list. */
    ChangePageInBrowser open(String mesh) {
        row("Changes", mesh).getByRole(AriaRole.LINK).first().click();
        heading(mesh).waitFor();
        return this;
    }

    /** Of the page of one change: its mesh, its process, how it ended. */
    Locator heading(String text) {
        return page.locator(".ms h1").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** A fact in the head, such as "Because". */
    Locator fact(String name) {
        return page.locator(".ms-facts dt")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name + "$")))
                .locator("xpath=following-sibling::dd[1]");
    }

    Locator section(String title) {
        return page.locator(".ms-section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
    }

    /** A row of the table of that name that has the text. */
    Locator row(String table, String text) {
        return page.locator(".ms")
                .getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName(table))
                .locator("tbody tr")
                .filter(new Locator.FilterOptions().setHasText(text))
                .first();
    }

    /** A step in the diagram. */
    Locator step(String activity) {
        return page.locator("[data-element-id=" + activity + "]").first();
    }

    /** At a step that calls a process: what opens the diagram of that one. */
    Locator opener(String activity) {
        return page.locator(".ms-diagram button[data-key=" + activity + "]");
    }

    /** Goes back to the diagram of the change itself. */
    void topLevel(String change) {
        page.locator(".ms p label select").first().selectOption(change);
    }

    /** The way from a question to its task, for whoever it asks. */
    Locator taskLink() {
        return page.getByText("Open the task");
    }
}
