package io.meshspan.start;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartFailed;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * A misspelt setting would be passed over, and its default hold. The environment and the JVM's properties are left alone:
 * Kubernetes itself puts names that begin with MESHSPAN_ there when a Service is called meshspan.
 */
final class UnknownSettings {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("meshspan");
    private static final List<String> LEFT_ALONE = List.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

    private final Environment environment;
    private final KnownSettings known = new KnownSettings();

    UnknownSettings(Environment environment) {
        this.environment = environment;
    }

    /** @throws StartFailed with all of them */
    void refuse() {
        String unknown = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(source -> !LEFT_ALONE.contains(name(source)))
                .flatMap(UnknownSettings::names)
                .filter(name -> OURS.isAncestorOf(name) && !known.has(name))
                .map(ConfigurationPropertyName::toString)
                .distinct()
                .collect(Collectors.joining("\n    "));
        if (!unknown.isEmpty()) {
            throw new StartFailed(
                    ExitCode.SETTINGS,
                    "There are no such settings:\n    " + unknown,
                    "Correct or remove them; docs/settings.md lists all settings.");
        }
    }

    private static String name(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> underlying ? underlying.getName() : "";
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource iterable ? iterable.stream() : Stream.empty();
    }
}
