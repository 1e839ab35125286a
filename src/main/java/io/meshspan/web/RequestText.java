package io.meshspan.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.InputRules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.CharConversionException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.MediaType;

/**
 * The rules for every text in a request: valid UTF-8, no control characters, and names that are not blank and not repeated.
 * Other classes check what a field means, and report the places within a mesh file.
 */
final class RequestText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> PAGE = Set.of("firstResult", "maxResults");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    /** The length of the engine's text columns, in characters. */
    private static final int LONGEST_OF_THE_ENGINE = 4_000;

    /** In a request to the engine, the variable x is {@code variables.x.value}; in our requests it is {@code x}. */
    private static final Pattern VARIABLE = Pattern.compile("^variables\\.(.*)\\.value$");

    private static final Pattern MESH_FILE = Pattern.compile("^(variables\\.)?meshFile\\b.*");

    private final boolean engine;
    private final List<Finding> findings = new ArrayList<>();

    /** @param engine whether the request is for Camunda's interfaces */
    RequestText(boolean engine) {
        this.engine = engine;
    }

    static boolean isForm(HttpServletRequest request) {
        return type(request).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    static boolean hasControl(String text) {
        return Characters.firstRefused(text, 0).isPresent();
    }

    Findings judge(HttpServletRequest request, byte[] body) throws IOException {
        judge("request", "address", Interfaces.path(request), LONGEST_OF_THE_ENGINE);
        parameters(Objects.requireNonNullElse(request.getQueryString(), ""), "query");
        if (body.length > 0 && type(request).contains("json")) {
            json(body);
        }
        return new Findings(findings);
    }

    /** The parameters of a query or a form. */
    Map<String, String[]> parameters(String encoded, String where) {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (String part : encoded.split("&", -1)) {
            String[] pair = part.split("=", 2);
            Optional<String> name = decoded(pair[0], where);
            Optional<String> value = decoded(pair.length == 2 ? pair[1] : "", where);
            if (!part.isEmpty() && name.isPresent() && value.isPresent()) {
                judgePage(where, name.get(), value.get());
                judge(where, name.get(), name.get(), InputRules.LONGEST_NAME);
                judge(where, name.get(), value.get(), LONGEST_OF_THE_ENGINE);
                parameters.merge(name.get(), new String[] {value.get()}, RequestText::both);
            }
        }
        return parameters;
    }

    /** The database would refuse a negative number with its own message. */
    private void judgePage(String where, String name, String value) {
        if (PAGE.contains(name) && !WHOLE_NUMBER.matcher(value).matches()) {
            findings.add(Finding.blocking(
                    where, name, "a whole number from 0", InputRules.quoted(value), "Correct it, or leave it out."));
        }
    }

    private static String[] both(String[] first, String[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
    }

    private Optional<String> decoded(String text, String where) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noCode) {
            findings.add(Finding.blocking(
                    where, InputRules.name(text), "two hexadecimal digits after each %", "others", "Write % as %25."));
            return Optional.empty();
        }
    }

    private void json(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            Deque<Set<String>> names = new ArrayDeque<>();
            int roots = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                roots += isRoot(token, parser.getParsingContext()) ? 1 : 0;
                judge(token, parser, names);
            }
            if (roots > 1) {
                findings.add(noJson("more after its end"));
            }
        } catch (StreamConstraintsException e) {
            findings.add(noJson("numbers that are too long, or values that are nested too deeply"));
        } catch (JsonProcessingException e) {
            JsonLocation at = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
            findings.add(noJson("something else from line %d, column %d".formatted(at.getLineNr(), at.getColumnNr())));
        } catch (CharConversionException e) {
            findings.add(noJson("bytes that are no text"));
        }
    }

    private static boolean isRoot(JsonToken token, JsonStreamContext context) {
        return token.isStructStart() ? context.getParent().inRoot() : context.inRoot() && !token.isStructEnd();
    }

    private void judge(JsonToken token, JsonParser parser, Deque<Set<String>> names) throws IOException {
        switch (token) {
            case START_OBJECT -> names.push(new HashSet<>());
            case END_OBJECT -> names.pop();
            case FIELD_NAME -> name(parser, names.element());
            case VALUE_STRING -> value(path(parser), parser.getText());
            default -> {}
        }
    }

    private void name(JsonParser parser, Set<String> siblings) throws IOException {
        String name = parser.currentName();
        String path = path(parser);
        if (!siblings.add(name)) {
            findings.add(
                    Finding.blocking("request", shown(path), "each field once", "it again", "Leave one of them out."));
        } else if (name.isBlank() && !MESH_FILE.matcher(path).matches()) {
            findings.add(Finding.blocking(
                    "request", shown(path), "a field with a name", "a blank one", "Name it, or leave it out."));
        }
        judge("request", name, name, InputRules.LONGEST_NAME);
    }

    /** Each process limits the length of its variables itself. */
    private void value(String path, String text) {
        if (!MESH_FILE.matcher(path).matches()) {
            boolean column = engine && !path.startsWith("variables.");
            judge("request", shown(path), text, column ? LONGEST_OF_THE_ENGINE : RequestLimits.LARGEST_BODY);
        }
    }

    private void judge(String where, String field, String text, int longest) {
        InputRules.text(where, field, text, longest).ifPresent(findings::add);
    }

    private static String shown(String path) {
        return InputRules.name(VARIABLE.matcher(path).replaceFirst("$1"));
    }

    private static Finding noJson(String found) {
        return Finding.blocking("request", "body", "JSON", found, "Correct it there, or just before it.");
    }

    private static String path(JsonParser parser) {
        Deque<String> path = new ArrayDeque<>();
        for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
            if (at.getCurrentName() != null) {
                path.push(at.getCurrentName());
            }
        }
        return String.join(".", path);
    }

    private static String type(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getContentType(), "");
    }
}
