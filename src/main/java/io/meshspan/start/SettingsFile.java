package io.meshspan.start;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads settings files as Spring does, and says which file cannot be read, and where. The parser's message does not name the
 * file, and it quotes the line, which may contain a password.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsFile implements PropertySourceLoader {

    private final PropertySourceLoader yaml = new YamlPropertySourceLoader();
    private final PropertySourceLoader properties = new PropertiesPropertySourceLoader();

    @Override
    public String[] getFileExtensions() {
        return Stream.of(properties, yaml)
                .flatMap(loader -> Stream.of(loader.getFileExtensions()))
                .toArray(String[]::new);
    }

    @Override
    public List<PropertySource<?>> load(String name, Resource resource) {
        boolean isYaml = Stream.of(yaml.getFileExtensions())
                .anyMatch(end -> String.valueOf(resource.getFilename()).endsWith("." + end));
        try {
            return (isYaml ? yaml : properties).load(name, resource);
        } catch (MarkedYAMLException e) {
            throw unreadable(resource, place(e.getProblemMark()) + found(e));
        } catch (IOException e) {
            throw unreadable(resource, e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            throw unreadable(resource, isYaml ? "something else" : "a character that is not written as \\uXXXX");
        }
    }

    private static String place(@Nullable Mark mark) {
        return mark == null ? "" : "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The most common mistakes; for other mistakes only the parser has a message. */
    private static String found(MarkedYAMLException problem) {
        String words = String.valueOf(problem.getProblem());
        if (words.contains("\\t(TAB)")) {
            return "a tab; YAML is indented with spaces";
        }
        if (words.startsWith("found duplicate key")) {
            return "a key that stands there twice";
        }
        return "something that does not belong there; look at the indentation, colons and quotes, there and in the line"
                + " above";
    }

    private static StartupFailure unreadable(Resource resource, String found) {
        return new StartupFailure(
                ExitCode.SETTINGS,
                "The settings in %s cannot be read: expected YAML or properties, found %s."
                        .formatted(GivenSettings.file(resource), found),
                "Correct the file, or name another in spring.config.location or spring.config.additional-location.");
    }
}
