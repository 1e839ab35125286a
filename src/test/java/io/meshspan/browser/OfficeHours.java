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
final class OfficeHours implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext tests) {
        Optional<Path> chromium = Chromium.installed();
        if (chromium.isEmpty()) {
            System.out.println(tests.getDisplayName() + " is skipped: " + Chromium.MISSING);
        }
        Assumptions.assumeTrue(chromium.isPresent(), Chromium.MISSING);
        tests.getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(Office.class, type -> Office.opened(chromium.orElseThrow()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Office.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(Namespace.GLOBAL).get(Office.class, Office.class);
    }
}
