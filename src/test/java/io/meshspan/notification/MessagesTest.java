package io.meshspan.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What receivers get, as files to look at. Adaptive Cards own library has parsed, validated and rendered the
 * card by hand (docs/notifications.md).
 */
class MessagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXPECTED = Path.of("src/test/resources/notification");

    private static final int LONGEST_SLACK_SECTION = 3_000;
    private static final int LARGEST_TEAMS_MESSAGE = 28 * 1024;

    private final Messages messages = new Messages(URI.create("https://meshspan.example.org/"));

    private static Notice approval() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("mesh", "mesh1");
        data.put("process", "multi-primary");
        data.put("requester", "company/olivia <ops> & friends");
        data.put("change", "c1");
        data.put("task", "t1");
        data.put("question", "Approve change");
        return notice(EventType.APPROVAL_WAITING, "mesh1: \"Approve change\" waits for an approval", data);
    }

    private static Notice notice(EventType type, String title, Map<String, String> data) {
        return new Notice(
                type.type() + "/t1",
                type,
                Instant.parse("2026-01-01T10:00:00Z"),
                "c1",
                "c1",
                title,
                Notice.taskPath("t1"),
                data);
    }

    @Test
    void shouldWriteEachFormatAsTheFilesShow() throws IOException {
        assertThat(JSON.readTree(messages.slack(approval()))).isEqualTo(expected("slack.json"));
        assertThat(JSON.readTree(messages.teams(approval()))).isEqualTo(expected("teams.json"));
        assertThat(JSON.readTree(messages.cloudEvent(approval()))).isEqualTo(expected("cloudevent.json"));
        assertThat("Subject: %s\n\n%s".formatted(Messages.subject(approval()), messages.mail(approval())))
                .isEqualTo(Files.readString(EXPECTED.resolve("mail.txt")));
    }

    /** A mesh of fifty clusters has 2,450 pairs; a message that a receiver refuses would hold back those after it. */
    @Test
    void shouldStayWithinWhatReceiversTake() throws IOException {
        String pairs = IntStream.range(0, 2_450)
                .mapToObj(pair -> "<cluster%d> & another".formatted(pair))
                .collect(Collectors.joining(", "));
        Notice failed =
                notice(EventType.VERIFICATION_FAILED, "<&>".repeat(500), Map.of("mesh", "mesh1", "pairs", pairs));

        String section =
                JSON.readTree(messages.slack(failed)).at("/blocks/0/text/text").asText();
        assertThat(section).hasSizeLessThanOrEqualTo(LONGEST_SLACK_SECTION).endsWith("|Open>");
        assertThat(section.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
        assertThat(messages.teams(failed)).hasSizeLessThanOrEqualTo(LARGEST_TEAMS_MESSAGE);
        assertThat(Messages.subject(failed)).hasSizeLessThan(300);
        assertThat(messages.mail(failed)).as("mail has room").contains("cluster2449");
        assertThat(JSON.readTree(messages.cloudEvent(failed)).at("/data/pairs").asText())
                .as("programs get all of it")
                .isEqualTo(pairs);
    }

    private static JsonNode expected(String file) throws IOException {
        return JSON.readTree(EXPECTED.resolve(file).toFile());
    }
}
