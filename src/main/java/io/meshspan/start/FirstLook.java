package io.meshspan.start;

import io.meshspan.database.Utc;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Sets the clock's zone, and looks at the settings and the port, before the database is opened and the engine works. */
final class FirstLook implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Utc.countInUtc();
        new UnknownSettings(context.getEnvironment()).refuse();
        if (context instanceof WebServerApplicationContext) {
            new FreePort(context.getEnvironment()).require();
        }
    }
}
