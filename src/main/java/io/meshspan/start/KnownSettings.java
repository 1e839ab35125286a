package io.meshspan.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The settings of a configuration record, read from its components and their components. */
final class KnownSettings {

    private final List<Class<?>> records = scanned();

    private static List<Class<?>> scanned() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents("io.meshspan").stream()
                .<Class<?>>map(
                        found -> ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
                .filter(Class::isRecord)
                .sorted(Comparator.comparing(KnownSettings::prefix).thenComparing(Class::getName))
                .toList();
    }

    List<Class<?>> records() {
        return records;
    }

    static ConfigurationPropertyName prefix(Class<?> type) {
        return ConfigurationPropertyName.of(
                type.getAnnotation(ConfigurationProperties.class).value());
    }

    static ConfigurationPropertyName key(ConfigurationPropertyName parent, RecordComponent component) {
        return parent.append(component.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT));
    }

    /** Read from {@link DefaultValue} at the parameters of a record's constructor. */
    static Optional<List<String>> defaults(Class<?> owner, RecordComponent component) {
        int index = Stream.of(owner.getRecordComponents())
                .map(RecordComponent::getName)
                .toList()
                .indexOf(component.getName());
        return Stream.of(owner.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == owner.getRecordComponents().length)
                .flatMap(constructor ->
                        Stream.ofNullable(constructor.getParameters()[index].getAnnotation(DefaultValue.class)))
                .findFirst()
                .map(value -> List.of(value.value()));
    }

    boolean has(ConfigurationPropertyName name) {
        return records.stream().anyMatch(type -> prefix(type).isAncestorOf(name) && takes(type, name, prefix(type)));
    }

    private static boolean takes(Type type, ConfigurationPropertyName name, ConfigurationPropertyName at) {
        int depth = at.getNumberOfElements();
        if (depth == name.getNumberOfElements()) {
            return true;
        }
        if (type instanceof ParameterizedType generic) {
            return takesAnything(generic) && takes(element(generic), name, name.chop(depth + 1));
        }
        return type instanceof Class<?> known
                && hasParts(known)
                && Stream.of(known.getRecordComponents())
                        .filter(component -> key(at, component)
                                .getLastElement(Form.UNIFORM)
                                .equals(name.getElement(depth, Form.UNIFORM)))
                        .anyMatch(component -> takes(component.getGenericType(), name, name.chop(depth + 1)));
    }

    /** A record with its own settings; not a value made from one text, such as a name or a password. */
    static boolean hasParts(Class<?> type) {
        return type.isRecord()
                && !ApplicationConversionService.getSharedInstance().canConvert(String.class, type);
    }

    /** A map or a list with elements that have their own settings. */
    static Optional<Class<?>> elementWithParts(Type type) {
        return type instanceof ParameterizedType generic
                        && takesAnything(generic)
                        && element(generic) instanceof Class<?> element
                        && hasParts(element)
                ? Optional.of(element)
                : Optional.empty();
    }

    /** Any key, or any index. */
    private static boolean takesAnything(ParameterizedType type) {
        return type.getRawType() instanceof Class<?> raw
                && (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw));
    }

    private static Type element(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        return arguments[arguments.length - 1];
    }
}
