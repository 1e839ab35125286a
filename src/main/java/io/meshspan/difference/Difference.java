package io.meshspan.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The fields that differ between two states of an object, with both values. Ignores fields that only count writes. */
public final class Difference {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BOOKKEEPING =
            List.of("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid");

    private final RedactedValues values;
    private final List<FieldChange> changes = new ArrayList<>();

    private Difference(RedactedValues values) {
        this.values = values;
    }

    public static List<FieldChange> between(HasMetadata before, HasMetadata after) {
        Difference difference = new Difference(RedactedValues.of(after));
        difference.compare("", tree(before), tree(after));
        return difference.changes;
    }

    /** For two values that do not belong to a Secret. */
    public static List<FieldChange> between(JsonNode before, JsonNode after) {
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
        } else if (isNamed(before) && isNamed(after)) {
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

    /** Compares by name, so that one more element is one change. If only the order differs, the list changes. */
    private void elements(String path, JsonNode before, JsonNode after) {
        int found = changes.size();
        names(before, after)
                .forEach(name -> compare(path + "[" + name + "]", element(before, name), element(after, name)));
        if (changes.size() == found && !before.equals(after)) {
            changes.add(values.change(path, before, after));
        }
    }

    /** A list whose elements have names, for example containers, ports and webhooks. */
    private static boolean isNamed(JsonNode list) {
        Set<String> names = new HashSet<>();
        return list.isArray()
                && elements(list)
                        .allMatch(element -> element.path("name").isTextual()
                                && names.add(element.path("name").asText()));
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(elements(before), elements(after))
                .forEach(element -> names.add(element.path("name").asText()));
        return names;
    }

    private static JsonNode element(JsonNode list, String name) {
        return elements(list)
                .filter(element -> element.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /**
     * Values in the form that people may see. Long ones are shortened to the part where they start to differ. Those of a
     * Secret are fingerprints, also its annotations: kubectl stores what it last applied in one.
     */
    private static final class RedactedValues {

        private static final String NOTHING = "nothing";
        private static final List<String> OPEN_IN_SECRETS = List.of("metadata.labels", "type");
        private static final int LONGEST = 100;
        private static final int LEAD = 20;

        private final boolean secret;

        private RedactedValues(boolean secret) {
            this.secret = secret;
        }

        /** For values that are not secret. */
        static RedactedValues open() {
            return new RedactedValues(false);
        }

        static RedactedValues of(HasMetadata object) {
            return new RedactedValues(object.getKind().equals("Secret"));
        }

        FieldChange change(String path, JsonNode before, JsonNode after) {
            boolean hidden = secret && OPEN_IN_SECRETS.stream().noneMatch(path::startsWith);
            String old = text(before);
            String next = text(after);
            if (hidden) {
                return new FieldChange(path, hidden(before, old), hidden(after, next));
            }
            if (old.equals(next) && !before.isMissingNode() && !after.isMissingNode()) { // 5 and "5"
                return new FieldChange(path, before.toString(), after.toString());
            }
            int same = same(old, next);
            return new FieldChange(
                    path,
                    before.isMissingNode() ? NOTHING : shortened(old, same),
                    after.isMissingNode() ? NOTHING : shortened(next, same),
                    old.length() > LONGEST ? old : null,
                    next.length() > LONGEST ? next : null);
        }

        private static String text(JsonNode value) {
            return value.isValueNode() ? value.asText() : value.toString();
        }

        private static String hidden(JsonNode value, String text) {
            return value.isMissingNode() ? NOTHING : "sha256 " + brief(text);
        }

        private static int same(String one, String other) {
            int end = Math.min(one.length(), other.length());
            int same = 0;
            while (same < end && one.charAt(same) == other.charAt(same)) {
                same++;
            }
            return same;
        }

        /** A long value keeps its fingerprint, so that two values which differ further on are not equal. */
        private static String shortened(String text, int same) {
            if (text.length() <= LONGEST) {
                return text;
            }
            int start = Math.max(0, Math.min(same - LEAD, text.length() - LONGEST));
            int end = Math.min(text.length(), start + LONGEST);
            return "%s%s%s (%d characters, sha256 %s)"
                    .formatted(
                            start > 0 ? "…" : "",
                            text.substring(start, end),
                            end < text.length() ? "…" : "",
                            text.length(),
                            brief(text));
        }

        private static String brief(String text) {
            return ContentHash.of(text).substring(0, 12);
        }
    }
}
