package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.mesh.InputRules;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * An error of Camunda's REST interface as a problem. It keeps the fields {@code type}, {@code message} and {@code code},
 * because Tasklist and other clients show them. Messages for developers are replaced by plain text.
 */
final class EngineProblem {

    /** Camunda's codes for: an entity that somebody else changed at the same time, a deadlock, a text that is too long. */
    private static final int OPTIMISTIC_LOCKING = 1;

    private static final int DEADLOCK = 10_000;
    private static final int COLUMN_TOO_SMALL = 10_002;

    /** Characters of a message of the engine, which may quote what was sent. */
    private static final int MOST_WORDS = 2_000;

    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Unrecognized field \"([^\"]*)\"");
    private static final Pattern PATH = Pattern.compile("\\[\"([^\"]*)\"\\]");
    private static final Pattern OF_A_PARSER =
            Pattern.compile("Cannot (deserialize|construct|coerce|map)|through reference chain|Unrecognized token");
    private static final Pattern FOR_DEVELOPERS = Pattern.compile(
            "\\b([a-z]\\w*[./]){2,}[A-Z]\\w*|\\w+ \\[\\w+=|\\b\\w+(Exception|Error)\\b|Cannot invoke|ENGINE-\\d+|SQL");
    private static final Pattern NO_SERIALIZER = Pattern.compile("Cannot find serializer for value");
    /** The engine quotes the value, however long it is. */
    private static final Pattern NO_CONVERSION = Pattern.compile("Cannot convert value");

    private static final Pattern NO_BODY = Pattern.compile("because \"\\w*[dD]to\" is null");
    private static final Pattern NO_ID = Pattern.compile("is not a valid resource identifier");
    /** Camunda answers 500 to some invalid input. */
    private static final Set<String> OF_INPUT = Set.of(
            "BadUserRequestException",
            "IllegalArgumentException",
            "InvalidRequestException",
            "NotValidException",
            "NullPointerException",
            "NullValueException");

    private static final Pattern NO_OBJECT = Pattern.compile("no resource found with id");
    private static final Pattern NO_QUERY = Pattern.compile("cannot be used to query");
    private static final Pattern GONE = Pattern.compile("Cannot find task with id|task is null");

    private EngineProblem() {}

    static ProblemDetail of(int number, JsonNode error) {
        ProblemDetail problem = problem(number, error);
        if (problem.getStatus() < HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            problem.setType(URI.create(error.path("type").asText("").replaceAll("\\W", "")));
        }
        problem.setProperty("message", problem.getDetail());
        problem.setProperty("code", error.path("code"));
        return problem;
    }

    /** For clients of Camunda's interface: the task that they asked about existed a moment ago. */
    static ProblemDetail taskIsGone() {
        return like(gone());
    }

    private static ProblemDetail gone() {
        return ProblemAnswer.of(
                HttpStatus.NOT_FOUND,
                "Not found",
                "This task no longer exists: it was decided, or its change has ended. Read the state of the "
                        + "change.");
    }

    /** For clients of Camunda's interface: a problem that Camunda did not answer itself. */
    static ProblemDetail like(ProblemDetail problem) {
        problem.setType(URI.create("InvalidRequestException"));
        problem.setProperty("message", problem.getDetail());
        return problem;
    }

    private static ProblemDetail problem(int number, JsonNode error) {
        String told = error.path("message").asText("");
        String type = error.path("type").asText("");
        int code = error.path("code").asInt();
        if (code == OPTIMISTIC_LOCKING || code == DEADLOCK || type.equals("TaskAlreadyClaimedException")) {
            return ProblemAnswer.of(HttpStatus.CONFLICT);
        }
        if (code == COLUMN_TOO_SMALL) {
            return refused("a text", "one that can be stored", "a longer one", "Shorten it.");
        }
        Matcher unknown = UNKNOWN_FIELD.matcher(told);
        if (unknown.find()) {
            return ProblemAnswer.refused(new Findings(List.of(Finding.blocking(
                    "request",
                    InputRules.name(unknown.group(1)),
                    "a field of this operation",
                    "no such field",
                    "Correct its name, or leave it out."))));
        }
        if (OF_A_PARSER.matcher(told).find()) {
            String path =
                    PATH.matcher(told).results().map(part -> part.group(1)).collect(Collectors.joining("."));
            return refused(
                    path.isBlank() ? "body" : InputRules.name(path),
                    "a value of the type of this operation",
                    "one of another type",
                    "Correct the value, or leave the field out.");
        }
        if (NO_SERIALIZER.matcher(told).find()) {
            return refused(
                    "variables",
                    "values of the types String, Boolean, Json and of numbers",
                    "one of another type",
                    "Correct its type.");
        }
        if (NO_CONVERSION.matcher(told).find()) {
            return refused(
                    "variables", "values that fit their types", "one that does not", "Correct the value, or its type.");
        }
        if (NO_BODY.matcher(told).find()) {
            return refused("body", "a JSON object", "nothing", "Send its fields in braces.");
        }
        boolean gone = GONE.matcher(told).find();
        if (number >= HttpStatus.INTERNAL_SERVER_ERROR.value() && OF_INPUT.contains(type) && !gone) {
            return refused(
                    "body",
                    "the required fields of this operation, with valid values",
                    "others, or too few",
                    "Correct them.");
        }
        if (NO_QUERY.matcher(told).find()) {
            return refused("body", "texts, numbers and true or false to compare with", "others", "Correct them.");
        }
        if (NO_OBJECT.matcher(told).find()) {
            return inWords(HttpStatus.NOT_FOUND.value(), told);
        }
        return inWords(NO_ID.matcher(told).find() ? HttpStatus.BAD_REQUEST.value() : number, told);
    }

    private static ProblemDetail inWords(int number, String told) {
        HttpStatus known = HttpStatus.resolve(number);
        HttpStatus status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        if (status.is5xxServerError() && GONE.matcher(told).find()) {
            return gone();
        }
        ProblemDetail problem = ProblemAnswer.of(status);
        if (!told.isBlank() && (isOurs(told) || !FOR_DEVELOPERS.matcher(told).find())) {
            problem.setDetail(
                    isOurs(told) || told.length() <= MOST_WORDS ? told : told.substring(0, MOST_WORDS) + "...");
        }
        return problem;
    }

    /** A refused start keeps our message, although a key in it may look like a class: values.istiod.env.CLUSTER_ID. */
    private static boolean isOurs(String told) {
        return told.startsWith(FailureCode.INPUT_REJECTED.meaning());
    }

    private static ProblemDetail refused(String what, String expected, String found, String advice) {
        return ProblemAnswer.refused(new Findings(List.of(Finding.blocking("request", what, expected, found, advice))));
    }
}
