package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Helm values: a tree of maps, lists, texts, numbers, booleans and nulls. It is immutable, its keys are sorted, and each
 * number has only one form. So it stays the same when it is written as JSON and read again.
 */
public record HelmValues(@JsonValue Map<String, @Nullable Object> tree) {

    public static final HelmValues NONE = new HelmValues(Map.of());

    private static final YAMLMapper YAML = YAMLMapper.builder(PlainScalar.yaml())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HelmValues {
        tree = frozenMap(tree);
    }

    /** From a map of a parser; empty if the object is not a map. */
    public static HelmValues tree(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? new HelmValues(texts(map)) : NONE;
    }

    /** From YAML or JSON; empty if the text is neither, or has no fields. */
    public static HelmValues read(String text) {
        try {
            return tree(YAML.readValue(text.isBlank() ? "{}" : text, Object.class));
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }

    /** One value at this path. */
    public static HelmValues of(List<String> path, @Nullable Object value) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(
                path.get(0),
                path.size() == 1
                        ? value
                        : of(path.subList(1, path.size()), value).tree());
        return new HelmValues(tree);
    }

    public boolean isEmpty() {
        return tree.isEmpty();
    }

    /**
     * Merges these values over others, as Helm merges several files: maps key by key, anything else as a whole. It keeps a
     * null, because a null also deletes the chart's value.
     */
    public HelmValues over(HelmValues below) {
        return new HelmValues(merged(below.tree, tree));
    }

    /** The values below a key; empty if the value there is not a map. */
    public HelmValues below(String key) {
        return tree(tree.get(key));
    }

    public HelmValues part(ValuesPart part) {
        return below(part.key());
    }

    /** The same values without the value at a path. If a map becomes empty, it is removed, too. */
    public HelmValues without(List<String> path) {
        Map<String, @Nullable Object> left = new LinkedHashMap<>(tree);
        String key = path.get(0);
        HelmValues rest = path.size() == 1 ? NONE : below(key).without(path.subList(1, path.size()));
        if (rest.isEmpty()) {
            if (path.size() == 1 || tree.get(key) instanceof Map<?, ?>) {
                left.remove(key);
            }
        } else {
            left.put(key, rest.tree());
        }
        return new HelmValues(left);
    }

    /** Empty if there is no value at this path, or a null. */
    public Optional<Object> at(List<String> path) {
        Object value = tree.get(path.get(0));
        return path.size() == 1
                ? Optional.ofNullable(value)
                : below(path.get(0)).at(path.subList(1, path.size()));
    }

    /** Whether somebody gave a value at this path, or replaced a map above it with another value; a null counts, too. */
    public boolean mentions(List<String> path) {
        String key = path.get(0);
        if (!tree.containsKey(key)) {
            return false;
        }
        return path.size() == 1
                || !(tree.get(key) instanceof Map<?, ?>)
                || below(key).mentions(path.subList(1, path.size()));
    }

    /** All lists and scalars with their paths, without empty ones. */
    public Map<List<String>, Object> leaves() {
        Map<List<String>, Object> leaves = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?>) {
                below(key)
                        .leaves()
                        .forEach((path, leaf) -> leaves.put(
                                Stream.concat(Stream.of(key), path.stream()).toList(), leaf));
            } else if (value != null && !value.equals("") && !value.equals(List.of())) {
                leaves.put(List.of(key), value);
            }
        });
        return leaves;
    }

    /** The paths of all nulls. */
    public Stream<List<String>> nulls() {
        return paths(null);
    }

    /** The paths of all maps without keys, which alone can be a setting, as {@code proxyProtocol: {}}. */
    public Stream<List<String>> emptyMaps() {
        return paths(Map.of());
    }

    /** The paths of all texts without characters, as labels of nodes have them. */
    public Stream<List<String>> emptyTexts() {
        return paths("");
    }

    private Stream<List<String>> paths(@Nullable Object wanted) {
        return tree.entrySet().stream().flatMap(field -> {
            if (Objects.equals(field.getValue(), wanted)) {
                return Stream.of(List.of(field.getKey()));
            }
            return below(field.getKey())
                    .paths(wanted)
                    .map(path -> Stream.concat(Stream.of(field.getKey()), path.stream())
                            .toList());
        });
    }

    /** The same values without nulls. If a map becomes empty, it is removed, too. */
    public HelmValues withoutNulls() {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            Object kept = value instanceof Map<?, ?> ? below(key).withoutNulls().tree() : value;
            if (kept != null && (!kept.equals(Map.of()) || kept.equals(value))) {
                left.put(key, kept);
            }
        });
        return new HelmValues(left);
    }

    public Optional<String> text(String... path) {
        return at(List.of(path)).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The only text form for people and machines: YAML with sorted keys; an empty text if there are no values. */
    public String text() {
        return isEmpty() ? "" : yaml(tree);
    }

    /**
     * Values for all clusters of a mesh and for single ones.
     *
     * @return YAML with the keys {@code mesh} and {@code clusters}, each only if it has values
     */
    static String text(HelmValues shared, Map<String, HelmValues> ofClusters) {
        Map<String, Object> single = new TreeMap<>();
        ofClusters.forEach((cluster, values) -> {
            if (!values.isEmpty()) {
                single.put(cluster, values.tree());
            }
        });
        Map<String, Object> all = new TreeMap<>();
        if (!shared.isEmpty()) {
            all.put("mesh", shared.tree());
        }
        if (!single.isEmpty()) {
            all.put("clusters", single);
        }
        return new HelmValues(all).text();
    }

    /** The type of a value, for findings: findings do not quote values. */
    public static String kind(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        return kind(value.getClass());
    }

    static String kind(Class<?> type) {
        if (Map.class.isAssignableFrom(type)) {
            return "a map";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return type == Boolean.class ? "true or false" : "a text";
    }

    private static String yaml(Object tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values could not be written", e);
        }
    }

    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> below, Map<String, @Nullable Object> over) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(below);
        over.forEach((key, value) -> all.put(
                key,
                value instanceof Map<?, ?> map && all.get(key) instanceof Map<?, ?> other
                        ? merged(texts(other), texts(map))
                        : value));
        return all;
    }

    private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    private static Map<String, @Nullable Object> frozenMap(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), frozen(value)));
        return Collections.unmodifiableMap(sorted);
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return frozenMap(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(frozen(item)));
            return Collections.unmodifiableList(items);
        }
        return value instanceof Number number ? frozen(number) : value;
    }

    /** The form in which Jackson reads numbers, so that a recorded value equals the given one. */
    private static Number frozen(Number number) {
        if (number instanceof Float || number instanceof Double || number instanceof BigDecimal) {
            return number.doubleValue();
        }
        if (number instanceof BigInteger big && big.bitLength() > Long.SIZE - 1) {
            return big;
        }
        long value = number.longValue();
        return value == (int) value ? (Number) (int) value : (Number) value;
    }
}
