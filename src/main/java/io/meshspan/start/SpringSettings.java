package io.meshspan.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.UrlCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.util.ClassUtils;

/** Checks the settings of Spring and of the engine before they are used, with Spring's own list of their types. */
final class SpringSettings {

    private static final Set<String> ROOTS = Set.of("meshspan", "server", "spring", "management", "camunda", "logging");
    private static final ConfigurationPropertyName DATABASE = ConfigurationPropertyName.of("spring.datasource.url");
    private static final List<String> DATABASES = List.of("jdbc:h2:", "jdbc:postgresql:");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");
    private static final int HIGHEST_PORT = 65_535;

    private final GivenSettings given;
    private final Binder binder;

    SpringSettings(GivenSettings given, Binder binder) {
        this.given = given;
        this.binder = binder;
    }

    List<WrongSetting> wrong() {
        List<ConfigurationPropertyName> names = given.names()
                .filter(name -> name.getNumberOfElements() > 1 && ROOTS.contains(name.getElement(0, Form.UNIFORM)))
                .distinct()
                .toList();
        Map<ConfigurationPropertyName, Class<?>> types = types(Set.copyOf(names));
        return names.stream()
                .flatMap(name -> Optional.of(name)
                        .filter(known -> isOurs(known) || types.containsKey(known))
                        .flatMap(this::text)
                        .or(() -> ofType(name, types))
                        .or(() -> port(name))
                        .or(() -> database(name))
                        .stream())
                .toList();
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return name.getElement(0, Form.UNIFORM).equals("meshspan");
    }

    /** Applies to any type. A password may contain the beginning of a placeholder without being one. */
    private Optional<WrongSetting> text(ConfigurationPropertyName name) {
        String text = value(name);
        if (UrlCredentials.isIn(text)) {
            return wrong(name, "an address without user name and password; these have separate settings");
        }
        var placeholder = PLACEHOLDER.matcher(text);
        boolean unfilled = GivenSettings.isSecret(name) ? placeholder.matches() : placeholder.find();
        return unfilled
                ? wrong(name, "a value, or a placeholder ${...} that another setting or the environment fills")
                : Optional.empty();
    }

    private Optional<WrongSetting> ofType(
            ConfigurationPropertyName name, Map<ConfigurationPropertyName, Class<?>> types) {
        Class<?> type = types.get(name);
        if (type == null) {
            return Optional.empty();
        }
        try {
            binder.bind(name, Bindable.of(type));
            return Optional.empty();
        } catch (BindException e) {
            return wrong(name, ExpectedValue.of(type));
        }
    }

    private Optional<WrongSetting> port(ConfigurationPropertyName name) {
        if (!name.toString().matches("(management\\.)?server\\.port")) {
            return Optional.empty();
        }
        int port = binder.bind(name, Bindable.of(Integer.class)).orElse(0);
        int lowest = name.getNumberOfElements() > 2 ? -1 : 0;
        return port < lowest || port > HIGHEST_PORT
                ? wrong(name, "a port, from %d to %d".formatted(lowest, HIGHEST_PORT))
                : Optional.empty();
    }

    private Optional<WrongSetting> database(ConfigurationPropertyName name) {
        String url = value(name);
        boolean known = DATABASES.stream().anyMatch(url::startsWith);
        return name.equals(DATABASE) && !(known && DriverManager.drivers().anyMatch(driver -> accepts(driver, url)))
                ? wrong(
                        name,
                        "jdbc:postgresql://HOST[:PORT]/DATABASE, or jdbc:h2:file:PATH with a path that begins with / or ./")
                : Optional.empty();
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    private Optional<WrongSetting> wrong(ConfigurationPropertyName name, String expected) {
        return Optional.of(new WrongSetting(name.toString(), given.where(name), expected, given.shown(name)));
    }

    private String value(ConfigurationPropertyName name) {
        try {
            return binder.bind(name, Bindable.of(String.class)).orElse("");
        } catch (BindException e) {
            return "";
        }
    }

    private static Map<ConfigurationPropertyName, Class<?>> types(Set<ConfigurationPropertyName> names) {
        Map<ConfigurationPropertyName, Class<?>> types = new HashMap<>();
        try {
            for (URL metadata : Collections.list(SpringSettings.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = metadata.openStream()) {
                    new ObjectMapper()
                            .readTree(in)
                            .path("properties")
                            .forEach(property -> type(property)
                                    .ifPresent(type -> name(property)
                                            .filter(names::contains)
                                            .forEach(n -> types.put(n, type))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private static Stream<ConfigurationPropertyName> name(JsonNode property) {
        String name = property.path("name").asText();
        return ConfigurationPropertyName.isValid(name) && !name.startsWith("meshspan.")
                ? Stream.of(ConfigurationPropertyName.of(name))
                : Stream.empty();
    }

    /** Does not check lists, maps and classes: the code that uses them does. */
    private static Optional<Class<?>> type(JsonNode property) {
        String name = property.path("type").asText();
        boolean plain = !name.isEmpty() && !name.contains("<") && !name.endsWith("[]");
        return plain && ClassUtils.isPresent(name, null)
                ? Optional.of(ClassUtils.resolveClassName(name, null))
                : Optional.empty();
    }
}
