package io.meshspan.start;

import io.meshspan.database.Utc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Sets the clock's zone, and looks at the settings, the folders and the port before the database is opened. */
final class StartupCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("meshspan");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Utc.countInUtc();
        List<WrongSetting> wrong = wrong(context.getEnvironment());
        if (!wrong.isEmpty()) {
            throw WrongSetting.all(wrong);
        }
        DatabaseFiles.protect(context.getEnvironment().getProperty("spring.datasource.url", ""));
        if (context instanceof WebServerApplicationContext) {
            new FreePort(context.getEnvironment()).require();
        }
    }

    /** @return every setting that cannot be used, so far as that shows before it is */
    static List<WrongSetting> wrong(ConfigurableEnvironment environment) {
        GivenSettings given = new GivenSettings(environment);
        Binder binder = Binder.get(environment);
        KnownSettings known = new KnownSettings();
        List<WrongSetting> wrong = new ArrayList<>(unknown(given, known).toList());
        List<WrongSetting> ofSpring = new SpringSettings(given, binder).wrong();
        wrong.addAll(ofSpring);
        new SettingsCheck(given, binder, SettingsCheck.validator())
                .wrong(known.records()).stream()
                        .filter(other ->
                                wrong.stream().noneMatch(told -> told.key().equals(other.key())))
                        .forEach(wrong::add);
        return List.copyOf(wrong);
    }

    /**
     * A misspelt setting would be passed over, and its default hold. The environment and the JVM's properties are left alone:
     * Kubernetes itself puts names that begin with MESHSPAN_ there when a Service is called meshspan.
     */
    private static Stream<WrongSetting> unknown(GivenSettings given, KnownSettings known) {
        return given.namesMeantForUs()
                .filter(name -> OURS.isAncestorOf(name) && !known.has(name))
                .distinct()
                .map(name -> new WrongSetting(
                        name.toString(), given.where(name), "a setting that there is", "no setting of this name"));
    }
}
