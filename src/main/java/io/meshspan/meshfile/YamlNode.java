package io.meshspan.meshfile;

import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.PlainScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a file, with the position of its beginning. */
sealed interface YamlNode {

    SourcePosition place();

    /** The type's name in findings. */
    String told();

    /** The value for a chart, as Helm would read it. */
    @Nullable
    Object value();

    /** @param plain whether it has no quotes */
    record Text(String text, boolean plain, SourcePosition place) implements YamlNode {

        @Override
        public Object value() {
            return plain ? PlainScalar.value(text) : text;
        }

        @Override
        public String told() {
            return InputRules.quoted(text);
        }
    }

    record Flag(boolean is, SourcePosition place) implements YamlNode {

        @Override
        public Object value() {
            return is;
        }

        @Override
        public String told() {
            return String.valueOf(is);
        }
    }

    /** A number, or empty. */
    record Other(String told, @Nullable Number value, SourcePosition place) implements YamlNode {}

    record Sequence(List<YamlNode> items, SourcePosition place) implements YamlNode {

        @Override
        public Object value() {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.value()));
            return values;
        }

        @Override
        public String told() {
            return "a list";
        }
    }

    /** The last field with this name; the reader reports repeated names. */
    record Mapping(Map<String, Field> fields, SourcePosition place) implements YamlNode {

        @Override
        public Map<String, @Nullable Object> value() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            fields.forEach((name, field) -> values.put(name, field.value().value()));
            return values;
        }

        @Override
        public String told() {
            return "an object";
        }
    }

    /** @param key the position of the field's name */
    record Field(SourcePosition key, YamlNode value) {}
}
