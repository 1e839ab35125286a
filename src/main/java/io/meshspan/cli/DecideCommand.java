package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code meshspan decide}. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a change asks an operator, such as after a failure or for the next wave or phase, or decides it.")
final class DecideCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "ID", description = "The change.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DECISION",
            description = "One of those that are offered; if absent, they are shown.")
    private @Nullable String decision;

    @Option(
            names = "--wave",
            paramLabel = "ITEM",
            split = ",",
            description = "What to move, or to move back: cluster1/shop,cluster2/shop.")
    private List<String> wave = new ArrayList<>();

    @Option(names = "--percent", paramLabel = "N", description = "Which percentage to move.")
    private @Nullable String percent;

    @Option(names = "--until", paramLabel = "DAY", description = "Until when to ignore a drift: 2026-12-31.")
    private @Nullable String until;

    @Option(
            names = {"-c", "--comment"},
            paramLabel = "TEXT",
            description = "Why.")
    private @Nullable String comment;

    @Option(names = "--task", paramLabel = "ID", description = "Which question, if the change asks several.")
    private @Nullable String task;

    @Mixin
    private OutputOption output = new OutputOption();

    DecideCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ServiceClient service = session.service();
        List<JsonNode> questions = questions(service);
        if (decision == null) {
            print(questions);
            return CommandOutcome.DONE.code();
        }
        if (questions.size() > 1) {
            throw new CommandFailed(
                    CommandOutcome.MISUSED,
                    "The change asks %d questions. Name one by --task: %s."
                            .formatted(
                                    questions.size(),
                                    questions.stream()
                                            .map(question ->
                                                    question.path("task").asText())
                                            .collect(Collectors.joining(", "))));
        }
        JsonNode question = questions.get(0);
        service.post(path(question.path("task").asText()), answer(question, decision), Map.of());
        session.told("%s: %s.".formatted(question.path("title").asText(), decision));
        return CommandOutcome.DONE.code();
    }

    private String path(String question) {
        return "/changes/%s/decisions/%s".formatted(ServiceClient.segment(id), ServiceClient.segment(question));
    }

    /** The open ones; an approval is none, and the service refuses to read it as one. */
    private List<JsonNode> questions(ServiceClient service) {
        List<JsonNode> questions = StreamSupport.stream(
                        service.get("/changes/%s/now".formatted(ServiceClient.segment(id)))
                                .spliterator(),
                        false)
                .map(activity -> activity.path("task").asText(""))
                .filter(open -> !open.isEmpty() && (task == null || task.equals(open)))
                .flatMap(open -> question(service, open).stream())
                .toList();
        if (questions.isEmpty()) {
            throw new CommandFailed(CommandOutcome.CONFLICT, "The change does not wait for a decision.");
        }
        return questions;
    }

    private Optional<JsonNode> question(ServiceClient service, String open) {
        try {
            return Optional.of(service.get(path(open)));
        } catch (CommandFailed e) {
            if (e.outcome() == CommandOutcome.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A wave goes into the field that this decision asks for. */
    private ObjectNode answer(JsonNode question, String decided) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("decision", decided);
        if (!wave.isEmpty()) {
            ArrayNode items =
                    answer.putArray(StreamSupport.stream(question.path("fields").spliterator(), false)
                            .filter(field -> field.path("type").asText().equals("choices")
                                    && onlyWith(field).contains(decided))
                            .map(field -> field.path("name").asText())
                            .findFirst()
                            .orElse("wave"));
            wave.forEach(items::add);
        }
        putIfGiven(answer, "percent", percent);
        putIfGiven(answer, "until", until);
        putIfGiven(answer, "comment", comment);
        return answer;
    }

    /** The decisions with which a field is asked; empty for each. */
    private static List<String> onlyWith(JsonNode field) {
        return StreamSupport.stream(field.path("onlyWith").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void putIfGiven(ObjectNode answer, String name, @Nullable String value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    private void print(List<JsonNode> questions) {
        if (output.format() == Session.Format.JSON) {
            session.json(JsonNodeFactory.instance.arrayNode().addAll(questions));
            return;
        }
        for (JsonNode question : questions) {
            session.out()
                    .println(question.path("title").asText() + "  "
                            + question.path("task").asText());
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("FIELD", "VALUE", "IN WORDS", "WITH"));
            question.path("fields").forEach(field -> rows.addAll(rows(field)));
            session.table(rows);
        }
    }

    private static List<List<String>> rows(JsonNode field) {
        String name = field.path("name").asText();
        String with = String.join(", ", onlyWith(field));
        JsonNode offered = field.path("offered");
        return offered.isEmpty()
                ? List.of(List.of(name, "a " + field.path("type").asText(), "", with))
                : IntStream.range(0, offered.size())
                        .mapToObj(i -> List.of(
                                name,
                                offered.path(i).asText(),
                                field.path("labels").path(i).asText(),
                                with))
                        .toList();
    }
}
