package io.meshspan.start;

import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Looks at the settings and the port before the database is opened and the engine starts its work. */
final class FirstLook implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new UnknownSettings(context.getEnvironment()).refuse();
        if (context instanceof WebServerApplicationContext) {
            new FreePort(context.getEnvironment()).require();
        }
    }
}
