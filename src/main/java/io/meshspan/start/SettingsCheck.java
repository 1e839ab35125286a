package io.meshspan.start;

import io.meshspan.finding.CauseChain;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;

/**
 * Binds each component of the configuration records separately, so that it finds all wrong ones; Spring stops at the first.
 */
final class SettingsCheck {

    private static final String IS_NOT = " is not ";

    private final GivenSettings given;
    private final Binder binder;
    private final Validator validator;
    private final List<WrongSetting> wrong = new ArrayList<>();

    SettingsCheck(GivenSettings given, Binder binder, Validator validator) {
        this.given = given;
        this.binder = binder;
        this.validator = validator;
    }

    static Validator validator() {
        return Validation.buildDefaultValidatorFactory().getValidator();
    }

    List<WrongSetting> wrong(List<Class<?>> records) {
        for (Class<?> type : records) {
            int before = wrong.size();
            parts(type, KnownSettings.prefix(type));
            if (wrong.size() == before) {
                whole(type, KnownSettings.prefix(type));
            }
        }
        return List.copyOf(wrong);
    }

    private void parts(Class<?> type, ConfigurationPropertyName at) {
        for (RecordComponent component : type.getRecordComponents()) {
            part(type, component, KnownSettings.key(at, component));
        }
    }

    private void part(Class<?> owner, RecordComponent component, ConfigurationPropertyName at) {
        var element = KnownSettings.elementWithParts(component.getGenericType());
        if (element.isPresent()) {
            given.below(at).forEach(child -> {
                key(component, child);
                parts(element.get(), child);
            });
        } else if (!KnownSettings.hasParts(component.getType())) {
            value(owner, component, at);
        } else if (given.anyBelow(at)) {
            parts(component.getType(), at);
        }
    }

    /** The name of a map's element, chosen by the user, for example a cluster. */
    private void key(RecordComponent component, ConfigurationPropertyName at) {
        if (Map.class.isAssignableFrom(component.getType())
                && component.getGenericType() instanceof ParameterizedType map
                && map.getActualTypeArguments()[0] instanceof Class<?> type) {
            String name = at.getLastElement(Form.ORIGINAL);
            try {
                ApplicationConversionService.getSharedInstance().convert(name, type);
            } catch (ConversionException e) {
                wrong.add(new WrongSetting(at.toString(), given.where(at), expected(e, type), "the name " + name));
            }
        }
    }

    private void value(Class<?> owner, RecordComponent component, ConfigurationPropertyName at) {
        Object value;
        try {
            value = bound(component, at);
        } catch (BindException e) {
            String words = ExpectedValue.of(validator, owner, component);
            add(e.getName(), words.equals("another value") ? expected(e, component.getType()) : words);
            return;
        }
        boolean byDefault =
                value == null && KnownSettings.defaults(owner, component).isPresent();
        if (!byDefault
                && !validator.validateValue(owner, component.getName(), value).isEmpty()) {
            add(at, ExpectedValue.of(validator, owner, component));
        }
    }

    private @Nullable Object bound(RecordComponent component, ConfigurationPropertyName at) {
        ResolvableType type = ResolvableType.forType(component.getGenericType());
        return binder.bind(at, Bindable.of(type)).orElse(null);
    }

    /** The rules of a record's constructor, which no single component knows. */
    private void whole(Class<?> type, ConfigurationPropertyName at) {
        try {
            binder.bindOrCreate(at.toString(), Bindable.of(type));
        } catch (BindException e) {
            add(named(e, e.getName()), expected(e, type));
        }
    }

    /** The setting that the problem names, if it is below this one. */
    private static ConfigurationPropertyName named(Exception problem, ConfigurationPropertyName at) {
        String message = String.valueOf(CauseChain.root(problem).getMessage());
        String name = message.substring(0, Math.max(0, message.lastIndexOf(IS_NOT)));
        return name.startsWith(at + ".") && ConfigurationPropertyName.isValid(name)
                ? ConfigurationPropertyName.of(name)
                : at;
    }

    private void add(ConfigurationPropertyName name, String expected) {
        wrong.add(new WrongSetting(name.toString(), given.where(name), expected, given.shown(name)));
    }

    /** Values say what is wrong with them: meshId 'A B' is not a DNS-1123 label. */
    private static String expected(Exception problem, Class<?> type) {
        Throwable root = CauseChain.root(problem);
        String message = String.valueOf(root.getMessage());
        if (!(root instanceof IllegalArgumentException)) {
            return ExpectedValue.of(type);
        }
        int words = message.lastIndexOf(IS_NOT);
        return words < 0 ? message : message.substring(words + IS_NOT.length());
    }
}
