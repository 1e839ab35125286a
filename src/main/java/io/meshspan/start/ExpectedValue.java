package io.meshspan.start;

import jakarta.validation.Validator;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Describes the allowed values of a setting, from the type and the constraints of its component. */
final class ExpectedValue {

    private static final Map<Class<?>, String> WORDS = Map.of(
            Boolean.class, "true or false",
            Duration.class, "a duration, such as 30s, 5m, 12h or 7d",
            Path.class, "a path",
            URI.class, "a URL",
            InetAddress.class, "an address of this machine, or a name that resolves to one",
            DataSize.class, "a size, such as 10MB");

    private ExpectedValue() {}

    static String of(Class<?> type) {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (boxed.isEnum()) {
            return Stream.of(boxed.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return boxed == Double.class || boxed == Float.class ? "a number" : "a whole number";
        }
        return Collection.class.isAssignableFrom(boxed) ? "a list" : WORDS.getOrDefault(boxed, "another value");
    }

    static String of(Validator validator, Class<?> owner, RecordComponent component) {
        List<ConstraintDescriptor<?>> constraints = constraints(validator, owner, component);
        return ownWords(constraints)
                .or(() -> bounds(constraints).map(bounds -> of(component.getType()) + ", " + bounds))
                .or(() -> choices(component))
                .orElseGet(() -> constraints.isEmpty() ? of(component.getType()) : "a value that is not empty");
    }

    /** The values to choose from, of one or of each in a list. */
    private static Optional<String> choices(RecordComponent component) {
        Class<?> type = component.getType();
        if (Collection.class.isAssignableFrom(type)) {
            Class<?> element = ResolvableType.forType(component.getGenericType())
                    .getGeneric(0)
                    .toClass();
            return element.isEnum() ? Optional.of("a list, each " + of(element)) : Optional.empty();
        }
        return type.isEnum() ? Optional.of(of(type)) : Optional.empty();
    }

    static List<ConstraintDescriptor<?>> constraints(Validator validator, Class<?> owner, RecordComponent component) {
        return Optional.ofNullable(
                        validator.getConstraintsForClass(owner).getConstraintsForProperty(component.getName()))
                .map(property -> List.copyOf(property.getConstraintDescriptors()))
                .orElse(List.of());
    }

    private static Optional<String> ownWords(List<ConstraintDescriptor<?>> constraints) {
        return constraints.stream()
                .map(ConstraintDescriptor::getMessageTemplate)
                .filter(message -> !message.startsWith("{"))
                .findFirst();
    }

    /** For example {@code from 1s to 7d}; empty unless there are a lower and an upper bound. */
    static Optional<String> bounds(List<ConstraintDescriptor<?>> constraints) {
        Optional<String> least = bound(constraints, "Min");
        Optional<String> most = bound(constraints, "Max");
        return least.flatMap(from -> most.map(to -> "from %s to %s".formatted(from, to)));
    }

    private static Optional<String> bound(List<ConstraintDescriptor<?>> constraints, String which) {
        return constraints.stream()
                .filter(constraint -> constraint
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName()
                        .endsWith(which))
                .map(ExpectedValue::bound)
                .findFirst();
    }

    private static String bound(ConstraintDescriptor<?> constraint) {
        boolean isDuration =
                constraint.getAnnotation() instanceof DurationMin || constraint.getAnnotation() instanceof DurationMax;
        return isDuration
                ? text(duration(constraint.getAttributes()))
                : String.valueOf(constraint.getAttributes().get("value"));
    }

    private static Duration duration(Map<String, Object> parts) {
        return Duration.ofDays(part(parts, "days"))
                .plusHours(part(parts, "hours"))
                .plusMinutes(part(parts, "minutes"))
                .plusSeconds(part(parts, "seconds"))
                .plusMillis(part(parts, "millis"))
                .plusNanos(part(parts, "nanos"));
    }

    private static long part(Map<String, Object> parts, String unit) {
        return parts.get(unit) instanceof Long amount ? amount : 0;
    }

    /** In the form that people write in a settings file: the largest unit that gives a whole number. */
    static String text(Duration duration) {
        return Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS)
                .filter(unit -> duration.toMillis() % unit.getDuration().toMillis() == 0)
                .map(unit -> DurationStyle.SIMPLE.print(duration, unit))
                .findFirst()
                .orElseGet(duration::toString);
    }
}
