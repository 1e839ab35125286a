package io.meshspan.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds wrong with a page for people who do not see it, or use no mouse. */
final class Axe {

    private static final String LOOK = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(found => ['serious', 'critical'].includes(found.impact))
              .map(found => found.id + ': ' + found.nodes.map(node => node.html.slice(0, 120)).join(' | '))""";

    private Axe() {}

    /** Serious findings, each with where it is. */
    static List<?> findings(Page page) {
        page.evaluate(script());
        return (List<?>) Objects.requireNonNull(page.evaluate(LOOK));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
