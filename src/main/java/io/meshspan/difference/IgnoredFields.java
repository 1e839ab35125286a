package io.meshspan.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.meshspan.difference.PlanProperties.IgnoredDifference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields of existing objects that others write, according to the settings: webhooks that stamp each write, or
 * controllers that set their own value. The comparison and the apply keep their current values.
 */
public final class IgnoredFields {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY = "*";

    private final List<IgnoredDifference> rules;

    public IgnoredFields(List<IgnoredDifference> rules) {
        this.rules = rules;
    }

    /** The object with the current values of these fields; unchanged if it has none of them. */
    public GenericKubernetesResource keep(GenericKubernetesResource live, GenericKubernetesResource object) {
        List<List<Step>> paths = paths(live);
        if (paths.isEmpty()) {
            return object;
        }
        ObjectNode source = JSON.valueToTree(live);
        ObjectNode target = JSON.valueToTree(object);
        paths.forEach(path -> copy(source, target, path));
        return JSON.convertValue(target, GenericKubernetesResource.class);
    }

    private List<List<Step>> paths(GenericKubernetesResource live) {
        return rules.stream()
                .filter(rule -> rule.isAbout(live.getKind(), live.getMetadata().getName()))
                .flatMap(rule -> Stream.concat(
                        rule.jsonPointers().stream().map(IgnoredFields::pointer), managed(live, rule.managers())))
                .distinct()
                .toList();
    }

    /** One step from a field to a part of it. */
    private sealed interface Step {

        /** A field of an object, or an element of a list by its index; * for each of them. */
        record Field(String name) implements Step {}

        /** The element of a list with these values, in the format of managedFields: {@code {"name":"http"}}. */
        record Element(JsonNode key) implements Step {}
    }

    private static List<Step> pointer(String pointer) {
        return Stream.of(pointer.substring(1).split("/", -1))
                .<Step>map(part -> new Step.Field(part.replace("~1", "/").replace("~0", "~")))
                .toList();
    }

    private static Stream<List<Step>> managed(GenericKubernetesResource live, Collection<String> managers) {
        List<List<Step>> leaves = new ArrayList<>();
        live.getMetadata().getManagedFields().stream()
                .filter(entry -> managers.contains(entry.getManager()))
                .map(ManagedFieldsEntry::getFieldsV1)
                .filter(Objects::nonNull)
                .forEach(fields -> leaves(JSON.valueToTree(fields), List.of(), leaves));
        return leaves.stream().filter(path -> !path.isEmpty());
    }

    /** Sets are kept whole: {@code v:} names an element by its value, not by its place. */
    private static void leaves(JsonNode fields, List<Step> path, List<List<Step>> leaves) {
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        List<String> inner = names.stream()
                .filter(name -> name.startsWith("f:") || name.startsWith("k:"))
                .toList();
        if (inner.isEmpty()) {
            leaves.add(path);
        }
        inner.forEach(name -> leaves(fields.path(name), with(path, step(name)), leaves));
    }

    private static Step step(String name) {
        String rest = name.substring(2);
        try {
            return name.startsWith("k:") ? new Step.Element(JSON.readTree(rest)) : new Step.Field(rest);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return new Step.Field(rest);
        }
    }

    private static List<Step> with(List<Step> path, Step next) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(next);
        return List.copyOf(longer);
    }

    private static void copy(JsonNode live, JsonNode target, List<Step> path) {
        Step first = path.get(0);
        List<Step> rest = path.subList(1, path.size());
        if (live instanceof ObjectNode from && target instanceof ObjectNode to && first instanceof Step.Field field) {
            names(from, to, field.name()).forEach(name -> copy(from, to, name, rest));
        } else if (live instanceof ArrayNode from && target instanceof ArrayNode to) {
            pairs(from, to, first).forEach(pair -> {
                if (rest.isEmpty()) {
                    to.set(pair[1], from.get(pair[0]));
                } else {
                    copy(from.get(pair[0]), to.get(pair[1]), rest);
                }
            });
        }
    }

    private static void copy(ObjectNode from, ObjectNode to, String name, List<Step> rest) {
        if (rest.isEmpty()) {
            if (from.has(name)) {
                to.set(name, from.get(name));
            } else {
                to.remove(name);
            }
        } else if (from.has(name) && !to.has(name) && from.get(name).isObject()) {
            copy(from.get(name), to.withObjectProperty(name), rest);
            if (to.get(name).isEmpty()) {
                to.remove(name);
            }
        } else if (to.has(name)) {
            JsonNode source = from.has(name) ? from.get(name) : JSON.createObjectNode();
            copy(source, to.get(name), rest);
            if (!from.has(name) && to.get(name).isEmpty()) {
                to.remove(name);
            }
        }
    }

    private static List<String> names(ObjectNode from, ObjectNode to, String name) {
        if (!name.equals(EVERY)) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>();
        from.fieldNames().forEachRemaining(names::add);
        to.fieldNames().forEachRemaining(names::add);
        return names.stream().distinct().toList();
    }

    /** Matches the elements of two lists: by name if they have one, otherwise by index. */
    private static Stream<int[]> pairs(ArrayNode from, ArrayNode to, Step step) {
        return IntStream.range(0, from.size())
                .filter(place -> isMeant(from.get(place), place, step))
                .mapToObj(place -> new int[] {place, counterpart(from.get(place), place, to, step)})
                .filter(pair -> pair[1] >= 0);
    }

    private static boolean isMeant(JsonNode element, int place, Step step) {
        return step instanceof Step.Element key
                ? matches(element, key.key())
                : step instanceof Step.Field field
                        && (field.name().equals(EVERY) || field.name().equals(String.valueOf(place)));
    }

    private static int counterpart(JsonNode element, int place, ArrayNode to, Step step) {
        JsonNode key = step instanceof Step.Element known
                ? known.key()
                : element.has("name") ? JSON.createObjectNode().set("name", element.get("name")) : JSON.missingNode();
        if (!key.isObject()) {
            return place < to.size() ? place : -1;
        }
        return IntStream.range(0, to.size())
                .filter(other -> matches(to.get(other), key))
                .findFirst()
                .orElse(-1);
    }

    private static boolean matches(JsonNode element, JsonNode key) {
        return key.propertyStream().allMatch(part -> part.getValue().equals(element.path(part.getKey())));
    }
}
