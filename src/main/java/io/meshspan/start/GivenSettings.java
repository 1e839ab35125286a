package io.meshspan.start;

import io.meshspan.finding.UrlCredentials;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/** The settings from files, arguments and the environment: the source of each, and as much of its value as may be shown. */
final class GivenSettings {

    private static final Pattern SECRET_NAME =
            Pattern.compile("password|passphrase|secret|token|credential|privatekey|apikey");
    private static final Pattern SECRET_IN_TEXT =
            Pattern.compile("(?i)((?:password|passphrase|secret|token)\\s*=\\s*)[^&;\\s]*");
    private static final String COMMAND_LINE = "commandLineArgs";
    private static final int LONGEST = 200;

    private final Iterable<ConfigurationPropertySource> sources;

    GivenSettings(Environment environment) {
        this.sources = ConfigurationPropertySources.get(environment);
    }

    /** The settings of every source, including all variables of the environment and properties of the JVM. */
    Stream<ConfigurationPropertyName> names() {
        return Stream.of(sources).flatMap(GivenSettings::each).flatMap(GivenSettings::names);
    }

    /** The settings of files and arguments: they are for this service. */
    Stream<ConfigurationPropertyName> namesMeantForUs() {
        return Stream.of(sources)
                .flatMap(GivenSettings::each)
                .filter(source -> !isOfTheMachine(source))
                .flatMap(GivenSettings::names);
    }

    private static Stream<ConfigurationPropertySource> each(Iterable<ConfigurationPropertySource> sources) {
        return StreamSupport.stream(sources.spliterator(), false);
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource iterable ? iterable.stream() : Stream.empty();
    }

    private static boolean isOfTheMachine(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && (underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                        || underlying.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME));
    }

    /** The next names below this one, such as {@code users[0]} and {@code users[1]} below {@code users}. */
    Stream<ConfigurationPropertyName> below(ConfigurationPropertyName parent) {
        return names().filter(parent::isAncestorOf)
                .map(name -> name.chop(parent.getNumberOfElements() + 1))
                .distinct();
    }

    boolean anyBelow(ConfigurationPropertyName parent) {
        return names().anyMatch(parent::isAncestorOf);
    }

    private Optional<ConfigurationProperty> find(ConfigurationPropertyName name) {
        return Stream.of(sources)
                .flatMap(GivenSettings::each)
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(name)))
                .findFirst();
    }

    /** The source of the setting, or of the first setting below it. */
    String where(ConfigurationPropertyName name) {
        return find(name)
                .or(() -> names().filter(name::isAncestorOf).findFirst().flatMap(this::find))
                .map(GivenSettings::where)
                .orElse("nowhere");
    }

    static String where(@Nullable ConfigurationProperty property) {
        return property == null ? "not known" : where(property.getOrigin(), property.getName());
    }

    private static String where(@Nullable Origin origin, ConfigurationPropertyName name) {
        if (origin instanceof PropertySourceOrigin source) {
            return source.getOrigin() == null
                    ? where(source.getPropertySource().getName(), source.getPropertyName())
                    : where(source.getOrigin(), name);
        }
        if (origin instanceof SystemEnvironmentOrigin variable) {
            return "environment variable " + variable.getProperty();
        }
        if (origin instanceof TextResourceOrigin text && text.getLocation() != null) {
            return "%s, line %d"
                    .formatted(file(text.getResource()), text.getLocation().getLine() + 1);
        }
        return origin == null ? "not known" : origin.toString();
    }

    private static String where(String source, String name) {
        return switch (source) {
            case COMMAND_LINE -> "argument --" + name;
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property -D" + name;
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment variable " + name;
            default -> source;
        };
    }

    static String file(@Nullable Resource resource) {
        if (resource == null) {
            return "not known";
        }
        try {
            return "file " + resource.getFile().getAbsolutePath();
        } catch (IOException e) {
            return resource.getDescription();
        }
    }

    String shown(ConfigurationPropertyName name) {
        return find(name)
                .map(property -> shown(name, property.getValue()))
                .orElseGet(() -> anyBelow(name) ? "what is given there" : "nothing");
    }

    /** Shows no secret: neither the value of a secret setting nor a secret in a URL. */
    static String shown(ConfigurationPropertyName name, @Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
        if (text.isBlank()) {
            return "nothing";
        }
        if (isSecret(name)) {
            return "a value that is not shown";
        }
        String cleaned =
                SECRET_IN_TEXT.matcher(UrlCredentials.removedFrom(text)).replaceAll("$1...");
        return cleaned.length() > LONGEST ? cleaned.substring(0, LONGEST) + "..." : cleaned;
    }

    static boolean isSecret(ConfigurationPropertyName name) {
        return SECRET_NAME
                .matcher(name.toString().replace("-", "").toLowerCase(Locale.ROOT))
                .find();
    }
}
