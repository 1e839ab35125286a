package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules for every field of any form, mesh file, variable or request body, and the words with which findings name the
 * input. Findings quote only a limited part of the input, without control characters.
 */
public final class InputRules {

    /** The limit of a reason or a comment, in characters. */
    public static final int LONGEST_REMARK = 2_000;

    /** The limit of any other text: identifiers, names, versions. */
    public static final int LONGEST_NAME = 255;

    /** The limit of one list; a mesh of a hundred clusters is large. */
    public static final int MOST_CLUSTERS = 500;

    private static final int LONGEST_QUOTE = 80;
    private static final int MOST_LISTED = 20;

    private InputRules() {}

    /** The problems of any text, independent of its use. */
    public static Optional<Finding> text(String where, String field, String text, int longest) {
        OptionalInt refused = Characters.firstRefused(text, 0);
        if (refused.isPresent()) {
            int position = text.codePointCount(0, refused.getAsInt()) + 1;
            return Optional.of(Finding.blocking(
                    where,
                    name(field),
                    "a text without control characters",
                    "%s as character %d".formatted(Characters.told(text.codePointAt(refused.getAsInt())), position),
                    "Take it out."));
        }
        return text.length() <= longest
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        where,
                        name(field),
                        "at most %d characters".formatted(longest),
                        text.length() + " characters",
                        "Shorten it."));
    }

    public static Finding wrongType(String where, String field, String expected, String found) {
        boolean number = found.startsWith("the number") && expected.equals("a text");
        return Finding.blocking(
                where,
                name(field),
                expected,
                found,
                number ? "Put it in quotes." : "Correct the value, or leave the field out.");
    }

    public static Finding unknown(String where, String field, Collection<String> known) {
        return Finding.blocking(
                where,
                name(field),
                known.isEmpty() ? "no fields" : "one of " + known,
                "no such field",
                "Correct its name, or leave it out.");
    }

    public static Finding tooMany(String where, String field, int found) {
        return Finding.blocking(
                where,
                name(field),
                "at most %d clusters".formatted(MOST_CLUSTERS),
                found + " entries",
                "Make it several meshes.");
    }

    /** One finding for each name that the list has more than once. */
    public static Stream<Finding> repeated(String field, List<RequestField> names) {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .filter(RequestField::isPresent)
                .filter(name -> !seen.add(name.text()))
                .map(name -> Finding.blocking(
                        name.where(), field, "each cluster once", name.quoted() + " again", "Name each cluster once."));
    }

    /** A quoted text, shortened for the reader. */
    public static String quoted(String text) {
        return text.isEmpty() ? "nothing" : "'" + shown(text) + "'";
    }

    public static String number(String digits) {
        return "the number " + shown(digits);
    }

    /** The name of a field for a finding, made readable: another person may have chosen it. */
    public static String name(String field) {
        return field.isBlank() ? "'%s'".formatted(shown(field)) : shown(field);
    }

    /** The first of many names. */
    public static String list(Collection<?> names) {
        List<String> first = names.stream()
                .limit(MOST_LISTED)
                .map(name -> shown(String.valueOf(name)))
                .toList();
        String rest = names.size() > MOST_LISTED ? " and %d more".formatted(names.size() - MOST_LISTED) : "";
        return first + rest;
    }

    private static String shown(String text) {
        String start = text.codePointCount(0, text.length()) <= LONGEST_QUOTE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "...";
        return start.codePoints().mapToObj(InputRules::visible).collect(Collectors.joining());
    }

    private static String visible(int character) {
        boolean layout = character == '\t' || character == '\n' || character == '\r';
        return layout || Characters.isRefused(character) || Characters.hidesInText(character)
                ? "\\u%04x".formatted(character)
                : Character.toString(character);
    }
}
