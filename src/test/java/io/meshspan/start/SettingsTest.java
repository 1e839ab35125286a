package io.meshspan.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.validation.Validator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/** Every setting has bounds, is in docs/settings.md with its default, and is in the metadata with its description. */
class SettingsTest {

    private static final Path DOCS = Path.of("docs", "settings.md");
    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Pattern KEY = Pattern.compile("`([a-z.][a-zA-Z0-9.\\[\\]-]*)`");
    private static final Validator VALIDATOR = SettingsCheck.validator();

    private final Map<String, Setting> settings = new TreeMap<>();

    SettingsTest() {
        new KnownSettings()
                .records()
                .forEach(type -> collect(type, KnownSettings.prefix(type).toString()));
    }

    /** A component of a configuration record that holds a value. */
    private record Setting(String key, Class<?> owner, RecordComponent component) {

        boolean isMeasure() {
            Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(component.getType());
            return type == Duration.class || Number.class.isAssignableFrom(type);
        }

        boolean hasChoices() {
            ResolvableType type = ResolvableType.forType(component.getGenericType());
            return component.getType().isEnum()
                    || (Collection.class.isAssignableFrom(component.getType())
                            && type.getGeneric(0).toClass().isEnum());
        }

        Optional<String> bounds() {
            return ExpectedValue.bounds(ExpectedValue.constraints(VALIDATOR, owner, component));
        }

        String bound(int which) {
            return bounds().orElseThrow().split(" ", -1)[which];
        }

        List<String> defaults() {
            return KnownSettings.defaults(owner, component).orElse(List.of());
        }
    }

    private void collect(Class<?> type, String at) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = KnownSettings.key(ConfigurationPropertyName.of("x"), component)
                    .toString()
                    .replaceFirst("x", Matcher.quoteReplacement(at));
            var element = KnownSettings.elementWithParts(component.getGenericType());
            if (element.isPresent()) {
                collect(element.get(), key + (Map.class.isAssignableFrom(component.getType()) ? ".NAME" : "[n]"));
            } else if (KnownSettings.hasParts(component.getType())) {
                collect(component.getType(), key);
            } else {
                settings.put(key, new Setting(key, type, component));
            }
        }
    }

    private Stream<Setting> measures() {
        return settings.values().stream().filter(Setting::isMeasure);
    }

    @Test
    void shouldHaveALowerAndAnUpperBoundForEveryDurationAndNumber() {
        assertThat(measures()).hasSizeGreaterThan(20);
        assertThat(measures().filter(setting -> setting.bounds().isEmpty()).map(Setting::key))
                .isEmpty();
    }

    @Test
    void shouldTakeEveryBound() {
        assertThat(StartupCheck.wrong(given(setting -> setting.bound(1)))).isEmpty();
        assertThat(StartupCheck.wrong(given(setting -> setting.bound(3)))).isEmpty();
    }

    @Test
    void shouldRefuseEveryMeasureBelowItsBoundInOneStart() {
        assertThatAllAreRefused(given(setting -> beyond(setting.bound(1), -1)));
    }

    @Test
    void shouldRefuseEveryMeasureAboveItsBoundInOneStart() {
        assertThatAllAreRefused(given(setting -> beyond(setting.bound(3), 1)));
    }

    private void assertThatAllAreRefused(StandardEnvironment environment) {
        assertThat(StartupCheck.wrong(environment))
                .extracting(WrongSetting::key)
                .containsExactlyInAnyOrderElementsOf(
                        measures().map(Setting::key).toList());
        assertThat(StartupCheck.wrong(environment)).allSatisfy(wrong -> {
            assertThat(wrong.expected()).matches(".*from \\S+ to \\S+");
            assertThat(wrong.where()).contains("here");
        });
    }

    @Test
    void shouldNameTheChoicesOfEverySettingThatHasThem() {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.values().stream()
                .filter(Setting::hasChoices)
                .forEach(
                        setting -> values.put(setting.key().replace("NAME", "x").replace("[n]", "[0]"), "nosuch"));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("here", values));

        assertThat(values).hasSizeGreaterThan(5);
        assertThat(StartupCheck.wrong(environment))
                .filteredOn(wrong -> values.containsKey(wrong.key()))
                .hasSameSizeAs(values.keySet())
                .allSatisfy(wrong -> assertThat(wrong.expected()).matches(".*one of \\S+, .*"));
    }

    /** Not the record of all receivers, of which any could be meant. */
    @Test
    void shouldNameThePartThatIsNotComplete() {
        Map<String, Object> values = Map.of(
                "meshspan.trust.keystore-password", "of this test",
                "meshspan.notifications.every", "2s",
                "meshspan.notifications.receivers.hook.format", "cloudevents",
                "meshspan.notifications.receivers.hook.url", "http://127.0.0.1:1");
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("here", values));

        assertThat(StartupCheck.wrong(environment)).anySatisfy(wrong -> {
            assertThat(wrong.key()).isEqualTo("meshspan.notifications.receivers.hook");
            assertThat(wrong.expected()).contains("set .key-file");
        });
    }

    private static String beyond(String bound, int by) {
        return Character.isLetter(bound.charAt(bound.length() - 1))
                ? DurationStyle.SIMPLE.parse(bound).plusMillis(by).toMillis() + "ms"
                : String.valueOf(Double.parseDouble(bound) + by);
    }

    private StandardEnvironment given(Function<Setting, String> value) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("meshspan.trust.keystore-password", "of this test");
        measures().forEach(setting -> values.put(setting.key(), value.apply(setting)));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("here", values));
        return environment;
    }

    @Test
    void shouldNameEverySettingInTheDocumentationAndNoOther() throws IOException {
        List<String> documented = new ArrayList<>();
        rows().forEach(row -> documented.addAll(row.keys()));

        assertThat(documented).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(documented)).isEqualTo(settings.keySet());
    }

    @Test
    void shouldDocumentEveryDefault() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            List<String> told = row.defaults();
            for (String key : row.keys()) {
                Setting setting = settings.get(key);
                String real = setting == null ? "" : String.join(", ", setting.defaults());
                int at = row.keys().indexOf(key);
                String expected = told.size() == row.keys().size() ? told.get(at) : String.join(", ", told);
                if (!real.isEmpty() && !expected.equals(real)) {
                    wrong.add("%s is %s, documented as %s".formatted(key, real, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldDocumentEveryBound() throws IOException {
        String bounds = Files.readString(DOCS).split("## Bounds", -1)[1].split("\n## ", -1)[0];
        assertThat(measures())
                .allSatisfy(setting -> assertThat(bounds.lines())
                        .as(setting.key())
                        .anyMatch(line -> line.startsWith("| `")
                                && keys(line).contains(setting.key())
                                && line.endsWith(
                                        "| %s |".formatted(setting.bounds().orElseThrow()))));
    }

    @Test
    void shouldDescribeEverySettingInTheMetadata() throws IOException {
        Map<String, JsonNode> described = new TreeMap<>();
        new ObjectMapper()
                .readTree(METADATA.toFile())
                .path("properties")
                .forEach(property -> described.put(property.path("name").asText(), property));

        assertThat(settings.values()).allSatisfy(setting -> {
            String name = setting.key().replaceFirst("(\\.NAME|\\[n]).*", "");
            JsonNode metadata = described.getOrDefault(name, MissingNode.getInstance());
            assertThat(metadata.path("description").asText())
                    .as(setting.key())
                    .matches("[A-Z].{10,}\\.")
                    .doesNotContain("{@");
            if (setting.key().equals(metadata.path("name").asText())) {
                assertThat(metadata.path("defaultValue").asText().replaceAll("[\\[\\]]", ""))
                        .as(setting.key())
                        .isEqualTo(String.join(", ", setting.defaults()));
            }
        });
    }

    /** A row of the table: it may name several keys, and has a default for each, or one for all. */
    private record Row(List<String> keys, List<String> defaults) {}

    private static List<Row> rows() throws IOException {
        return Files.readString(DOCS)
                .split("## Bounds", -1)[0]
                .lines()
                .filter(line -> line.startsWith("| `meshspan."))
                .map(line -> new Row(
                        keys(line),
                        List.of(line.split("\\|", -1)[2]
                                .replace("`", "")
                                .strip()
                                .split("[,;] ", -1))))
                .toList();
    }

    /** One that begins with a dot goes on where the first one ends. */
    private static List<String> keys(String row) {
        List<String> names = KEY.matcher(row.split("\\|", -1)[1])
                .results()
                .map(found -> found.group(1))
                .toList();
        String parent = names.get(0).substring(0, names.get(0).lastIndexOf('.'));
        return names.stream()
                .map(name -> name.startsWith(".") ? parent + name : name)
                .toList();
    }
}
