package io.meshspan.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds wrong for people who do not see a page, or use no mouse: what is serious, with where it is. */
final class Axe {

    private static final String LOOK = """
            async part => (await axe.run(part, { resultTypes: ['violations'] })).violations
              .filter(found => ['serious', 'critical'].includes(found.impact))
              .map(found => found.id + ': ' + found.nodes.map(node => node.html.slice(0, 120)).join(' | '))""";

    private Axe() {}

    /** Of a page that is ours from edge to edge. */
    static List<?> findings(Page page) {
        return findings(page.locator("html"));
    }

    /** Of the part of a page that is ours: Camunda's own frame around it has findings that only Camunda can mend. */
    static List<?> findings(Locator part) {
        part.page().evaluate(script());
        return (List<?>) Objects.requireNonNull(part.evaluate(LOOK));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
