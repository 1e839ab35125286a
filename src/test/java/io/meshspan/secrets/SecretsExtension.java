package io.meshspan.secrets;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Puts every run of tests under guard, whichever tests it has; JUnit finds it by itself. */
public final class SecretsExtension implements BeforeAllCallback, AfterEachCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(LeakGuard.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Services.search();
        LeakGuard.complain();
    }
}
