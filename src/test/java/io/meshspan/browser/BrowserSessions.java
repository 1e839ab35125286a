package io.meshspan.browser;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Opens the office for a class with all that are nested in it, and closes it after them: engines of one name in one
 * process disturb each other.
 */
final class BrowserSessions implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext tests) {
        Optional<Path> chromium = Chromium.installed();
        if (chromium.isEmpty()) {
            System.out.println(tests.getDisplayName() + " is skipped: " + Chromium.MISSING);
        }
        Assumptions.assumeTrue(chromium.isPresent(), Chromium.MISSING);
        tests.getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(BrowserSession.class, type -> BrowserSession.opened(chromium.orElseThrow()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == BrowserSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(Namespace.GLOBAL).get(BrowserSession.class, BrowserSession.class);
    }
}
