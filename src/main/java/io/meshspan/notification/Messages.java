package io.meshspan.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The message formats of a notice. */
final class Messages {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Slack refuses a section of more than 3,000 characters, and with it the message; these leave room for the link. */
    private static final int LONGEST_TITLE = 250;

    private static final int LONGEST_SLACK_FACTS = 2_400;

    /** Teams refuses a message of more than 28 KB. */
    private static final int LONGEST_TEAMS_FACT = 1_000;

    private final String base;

    /** @param base the URL of this service for people */
    Messages(URI base) {
        this.base = base.toString().replaceAll("/+$", "");
    }

    private String link(Notice notice) {
        return base + notice.path();
    }

    /** CloudEvents 1.0, structured mode in JSON. */
    byte[] cloudEvent(Notice notice) {
        ObjectNode event = object();
        event.put("specversion", "1.0");
        event.put("id", notice.id());
        event.put("source", base);
        event.put("type", notice.type().type());
        event.put("subject", notice.subject());
        event.put("time", notice.at().toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("title", notice.title());
        data.put("link", link(notice));
        notice.data().forEach(data::put);
        return bytes(event);
    }

    /** An incoming webhook of Slack. The fallback text appears in notifications on phones. */
    byte[] slack(Notice notice) {
        ObjectNode message = object();
        String title = slackText(notice.title(), LONGEST_TITLE);
        message.put("text", title);
        ObjectNode section = message.putArray("blocks").addObject().put("type", "section");
        section.putObject("text")
                .put("type", "mrkdwn")
                .put(
                        "text",
                        "*%s*\n%s\n<%s|Open>"
                                .formatted(title, slackText(facts(notice), LONGEST_SLACK_FACTS), link(notice)));
        return bytes(message);
    }

    /** Escapes what Slack would read as the start of a link, a mention or a command. */
    private static String slackText(String text, int most) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return shortened(escaped, most);
    }

    /** Cuts no escaped character in two. */
    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most).replaceFirst("&[a-z]{0,3}$", "") + " ...";
    }

    /** A webhook of a workflow in Teams, which takes an adaptive card. */
    byte[] teams(Notice notice) {
        ObjectNode message = object().put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard").put("version", "1.4");
        var body = card.putArray("body");
        body.addObject()
                .put("type", "TextBlock")
                .put("text", shortened(notice.title(), LONGEST_TITLE))
                .put("weight", "Bolder")
                .put("wrap", true);
        ObjectNode set = body.addObject().put("type", "FactSet");
        var facts = set.putArray("facts");
        notice.data()
                .forEach((name, value) ->
                        facts.addObject().put("title", name).put("value", shortened(value, LONGEST_TEAMS_FACT)));
        card.putArray("actions")
                .addObject()
                .put("type", "Action.OpenUrl")
                .put("title", "Open")
                .put("url", link(notice));
        return bytes(message);
    }

    static String subject(Notice notice) {
        return "[Meshspan] " + shortened(notice.title(), LONGEST_TITLE);
    }

    String mail(Notice notice) {
        return "%s\n\n%s\n\n%s\n".formatted(notice.title(), facts(notice), link(notice));
    }

    private static String facts(Notice notice) {
        return notice.data().entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message could not be written", e);
        }
    }
}
