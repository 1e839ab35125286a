package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The fields in which two states of an object differ, with both values, apart from those that count writes. */
final class Difference {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BOOKKEEPING =
            List.of("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid");

    private final RedactedValues values;
    private final List<FieldChange> changes = new ArrayList<>();

    private Difference(RedactedValues values) {
        this.values = values;
    }

    static List<FieldChange> between(HasMetadata before, HasMetadata after) {
        Difference difference = new Difference(RedactedValues.of(after));
        difference.compare("", tree(before), tree(after));
        return difference.changes;
    }

    /** Of two values that are no Secret's. */
    static List<FieldChange> between(JsonNode before, JsonNode after) {
        Difference difference = new Difference(RedactedValues.open());
        difference.compare("", before, after);
        return difference.changes;
    }

    private static JsonNode tree(HasMetadata object) {
        ObjectNode tree = JSON.valueToTree(object);
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BOOKKEEPING);
        }
        return tree;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            fields(path.isEmpty() ? "" : path + ".", before, after);
        } else if (AssociativeList.in(before) && AssociativeList.in(after)) {
            elements(path, before, after);
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else if (!Objects.equals(before, after)) {
            changes.add(values.change(path, before, after));
        }
    }

    private void fields(String prefix, JsonNode before, JsonNode after) {
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> compare(prefix + name, before.path(name), after.path(name)));
    }

    /** By name, so that one more element is one change; an order that alone has changed is a change of the list. */
    private void elements(String path, JsonNode before, JsonNode after) {
        int found = changes.size();
        AssociativeList.names(before, after)
                .forEach(name -> compare(
                        path + "[" + name + "]", AssociativeList.get(before, name), AssociativeList.get(after, name)));
        if (changes.size() == found && !before.equals(after)) {
            changes.add(values.change(path, before, after));
        }
    }
}
