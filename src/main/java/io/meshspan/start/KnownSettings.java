package io.meshspan.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The settings that a configuration record of some feature takes, by its components and theirs. */
final class KnownSettings {

    private final List<Class<?>> records = records();

    private static List<Class<?>> records() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents("io.meshspan").stream()
                .<Class<?>>map(
                        found -> ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
                .filter(Class::isRecord)
                .toList();
    }

    boolean has(ConfigurationPropertyName name) {
        return records.stream().anyMatch(type -> {
            ConfigurationPropertyName prefix = ConfigurationPropertyName.of(
                    type.getAnnotation(ConfigurationProperties.class).value());
            return prefix.isAncestorOf(name) && takes(type, name, prefix.getNumberOfElements());
        });
    }

    private static boolean takes(Type type, ConfigurationPropertyName name, int at) {
        if (at == name.getNumberOfElements()) {
            return true;
        }
        if (type instanceof ParameterizedType generic) {
            return takesAnything(generic) && takes(last(generic), name, at + 1);
        }
        return type instanceof Class<?> known
                && known.isRecord()
                && Stream.of(known.getRecordComponents())
                        .filter(component -> uniform(component.getName()).equals(name.getElement(at, Form.UNIFORM)))
                        .anyMatch(component -> takes(component.getGenericType(), name, at + 1));
    }

    /** Any key, or any index. */
    private static boolean takesAnything(ParameterizedType type) {
        return type.getRawType() instanceof Class<?> raw
                && (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw));
    }

    private static Type last(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    private static String uniform(String component) {
        return component.toLowerCase(Locale.ROOT);
    }
}
