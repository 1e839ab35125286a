package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The label and field selectors of a list or a watch. */
final class Selector {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^!=]+)(!=|==|=)(.*)");

    private Selector() {}

    static Predicate<JsonNode> of(@Nullable String labels, @Nullable String fields) {
        Predicate<JsonNode> all = object -> true;
        for (String requirement : split(labels)) {
            Predicate<Map<String, String>> one = label(requirement.strip());
            all = all.and(object -> one.test(Json.labels(object)));
        }
        for (String requirement : split(fields)) {
            all = all.and(field(requirement.strip()));
        }
        return all;
    }

    private static List<String> split(@Nullable String requirements) {
        return requirements == null || requirements.isBlank()
                ? List.of()
                : Arrays.asList(requirements.split(",(?![^(]*\\))", -1));
    }

    private static Predicate<Map<String, String>> label(String requirement) {
        Matcher set = SET.matcher(requirement);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return labels -> in == values.contains(labels.getOrDefault(set.group(1), ""));
        }
        Matcher equality = EQUALITY.matcher(requirement);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return labels -> equal == equality.group(3).equals(labels.get(equality.group(1)));
        }
        return requirement.startsWith("!")
                ? labels -> !labels.containsKey(requirement.substring(1))
                : labels -> labels.containsKey(requirement);
    }

    private static Predicate<JsonNode> field(String requirement) {
        Matcher equality = EQUALITY.matcher(requirement);
        if (!equality.matches()) {
            throw StatusBody.badRequest("field selector cannot be read");
        }
        String pointer = "/" + equality.group(1).replace('.', '/');
        boolean equal = !equality.group(2).equals("!=");
        return object -> equal == object.at(pointer).asText().equals(equality.group(3));
    }
}
