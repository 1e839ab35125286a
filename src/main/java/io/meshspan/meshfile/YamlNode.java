package io.meshspan.meshfile;

import io.meshspan.mesh.InputRules;
import java.util.List;
import java.util.Map;

/** A value of a mesh file, with the place where it begins. */
sealed interface YamlNode {

    SourcePosition place();

    /** What it is, as findings name it. */
    String told();

    record Text(String value, SourcePosition place) implements YamlNode {

        @Override
        public String told() {
            return InputRules.quoted(value);
        }
    }

    record Flag(boolean value, SourcePosition place) implements YamlNode {

        @Override
        public String told() {
            return String.valueOf(value);
        }
    }

    /** A number, or nothing: no field of a mesh file has such a value. */
    record Other(String told, SourcePosition place) implements YamlNode {}

    record Sequence(List<YamlNode> items, SourcePosition place) implements YamlNode {

        @Override
        public String told() {
            return "a list";
        }
    }

    /** Of equal names the last one counts; that there are several is a finding of whoever read them. */
    record Mapping(Map<String, Field> fields, SourcePosition place) implements YamlNode {

        @Override
        public String told() {
            return "an object";
        }
    }

    /** @param key where the field's name begins */
    record Field(SourcePosition key, YamlNode value) {}
}
