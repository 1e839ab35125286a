package io.meshspan.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.notification.NotificationProperties.Format;
import io.meshspan.notification.NotificationProperties.Receiver;
import io.meshspan.schedule.PeriodicTasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** From the outbox in a database to receivers on this host. */
class NotificationSenderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a key of this test";
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private record Received(String path, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String header(String name) {
            return Objects.requireNonNull(headers.get(name)).get(0);
        }
    }

    @TempDir
    private Path folder;

    private final AuditDatabase audit = new AuditDatabase();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("key"), KEY + "\n");
    }

    @AfterEach
    void end() {
        server.stop(0);
        periodic.destroy();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    private Receiver webhook() {
        return new Receiver(Format.CLOUDEVENTS, url("/hook"), null, folder.resolve("key"), List.of(), List.of());
    }

    private Receiver chat(Format format) throws IOException {
        Path file = Files.writeString(folder.resolve("url"), url("/services/secret-part") + "\n");
        return new Receiver(format, null, file, null, List.of(), List.of(EventType.CHANGE_ENDED));
    }

    private static NotificationProperties properties(Map<String, Receiver> receivers) {
        return new NotificationProperties(
                receivers,
                URI.create("https://meshspan.example.org/"),
                "meshspan@example.org",
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofDays(3),
                Duration.ofHours(24),
                Duration.ofDays(30),
                false);
    }

    private Outbox outbox(NotificationProperties properties) {
        return new Outbox(JdbcClient.create(audit.source), properties);
    }

    private NotificationSender sender(NotificationProperties properties, Map<String, Object> mail) {
        return new NotificationSender(
                outbox(properties),
                properties,
                new StaticListableBeanFactory(mail).getBeanProvider(JavaMailSender.class),
                audit.source,
                database(),
                new SimpleMeterRegistry(),
                periodic);
    }

    private static DataSourceProperties database() {
        DataSourceProperties properties = new DataSourceProperties();
        properties.setUrl("jdbc:h2:mem:of-this-test");
        return properties;
    }

    private static Notice notice(String id, String change, String title) {
        return new Notice(
                id,
                EventType.CHANGE_ENDED,
                NOW,
                change,
                change,
                title,
                Notice.changePath(change),
                Map.of("mesh", "mesh1"));
    }

    @Test
    void shouldTellWhatACommittedTransactionSaysAndNothingElse() {
        // given
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        Outbox outbox = outbox(properties);
        ChangeNotices notices = new ChangeNotices(outbox, audit.changes);
        audit.change("c1", "mesh1", "olivia");
        AuditRecord end = new AuditRecord(
                RecordKind.ENDED, "c1", "mesh1", "x", null, null, "change", "Mesh verified", "words", null);

        // when
        audit.transactions.executeWithoutResult(transaction -> {
            notices.asked("t1", "Approve change", EventType.APPROVAL_WAITING, "c1", "mesh1", null);
            transaction.setRollbackOnly();
        });
        audit.transactions.executeWithoutResult(transaction -> notices.beforeCommit(List.of(end)));
        audit.transactions.executeWithoutResult(transaction -> notices.beforeCommit(List.of(end)));
        sender(properties, Map.of()).send(Instant.now());

        // then
        assertThat(received).hasSize(1);
        JsonNode event = received.get(0).json();
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("io.meshspan.change.ended");
        assertThat(event.path("subject").asText()).isEqualTo("c1");
        assertThat(event.path("source").asText()).isEqualTo("https://meshspan.example.org");
        assertThat(event.at("/data/state").asText()).isEqualTo("VERIFIED");
        assertThat(event.at("/data/requester").asText()).isEqualTo("olivia");
        assertThat(event.at("/data/link").asText()).isEqualTo("https://meshspan.example.org/changes/#/?change=c1");
        assertThat(received.get(0).header("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(outbox.pending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVAL_WAITING, 'mesh1: \"Do it\" waits for an approval', io.meshspan.approval.waiting",
        "DECISION_WAITING, 'mesh1: a step failed; \"Do it\" waits for an operator', io.meshspan.decision.waiting",
        "CHOICE_WAITING, 'mesh1: a part of the change is done; \"Do it\" waits for an operator', io.meshspan.choice.waiting"
    })
    void shouldTellWhyAPersonIsAsked(EventType type, String title, String name) {
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        ChangeNotices notices = new ChangeNotices(outbox(properties), audit.changes);
        audit.change("c1", "mesh1", "olivia");

        audit.transactions.executeWithoutResult(transaction -> notices.asked("t1", "Do it", type, "c1", "mesh1", null));
        sender(properties, Map.of()).send(Instant.now());

        assertThat(received).singleElement().satisfies(event -> {
            assertThat(event.json().path("type").asText()).isEqualTo(name);
            assertThat(event.json().at("/data/title").asText()).isEqualTo(title);
        });
    }

    @Test
    void shouldSignAsStandardWebhooksHasIt() throws Exception {
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        outbox(properties).add(notice("n1", "c1", "ended"));

        sender(properties, Map.of()).send(NOW);

        Received event = received.get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed =
                "%s.%s.%s".formatted(event.header("Webhook-id"), event.header("Webhook-timestamp"), event.body());
        assertThat(event.header("Webhook-id")).isEqualTo("n1");
        assertThat(event.header("Webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(Instant.ofEpochSecond(Long.parseLong(event.header("Webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void shouldLoseNothingWhileAReceiverIsDownAndKeepTheOrderOfEachChange() {
        // given
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        Outbox outbox = outbox(properties);
        outbox.add(notice("n1", "c1", "first"));
        outbox.add(notice("n2", "c1", "second"));
        outbox.add(notice("n3", "c2", "of another change"));
        NotificationSender sender = sender(properties, Map.of());

        // when
        status = 503;
        sender.send(NOW);
        sender.send(NOW.plusMillis(100));
        int whileDown = received.size();
        status = 204;
        sender.send(NOW.plusSeconds(10));
        sender.send(NOW.plusSeconds(20));

        // then
        assertThat(whileDown).as("a receiver that is down is left alone").isEqualTo(1);
        assertThat(received.stream().skip(1).map(each -> each.header("Webhook-id")))
                .containsExactly("n1", "n3", "n2");
        assertThat(outbox.pending()).isEmpty();
    }

    @Test
    void shouldHoldBackOnlyTheChangeWhoseEventIsRefused() {
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        Outbox outbox = outbox(properties);
        outbox.add(notice("n1", "c1", "first"));
        outbox.add(notice("n2", "c1", "second"));
        outbox.add(notice("n3", "c2", "of another change"));

        status = 400;
        sender(properties, Map.of()).send(NOW);

        assertThat(received.stream().map(each -> each.header("Webhook-id"))).containsExactly("n1", "n3");
        assertThat(outbox.pending()).hasSize(3).first().satisfies(open -> {
            assertThat(open.problem()).isEqualTo("HTTP 400");
            assertThat(open.attempts()).isEqualTo(1);
        });
    }

    @Test
    void shouldGiveUpInTheEndSayItAndGoOnWithTheNext() {
        // given
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        Outbox outbox = outbox(properties);
        outbox.add(notice("n1", "c1", "first"));
        OpenNotifications shown = new OpenNotifications(outbox, properties);

        // when
        status = 500;
        sender(properties, Map.of()).send(NOW.plus(Duration.ofDays(4)));

        // then
        assertThat(shown.open().get("givenUp"))
                .singleElement()
                .satisfies(each ->
                        assertThat(each).containsEntry("problem", "HTTP 500").containsEntry("receiver", "ops"));
        assertThat(shown.collect().stream().map(each -> each.getMetadata().getName()))
                .containsExactlyInAnyOrderElementsOf(OpenNotifications.NAMES);
        status = 200;
        assertThat(shown.tryAgain()).containsEntry("triedAgain", 1);
        sender(properties, Map.of()).send(Instant.now().plusSeconds(1));
        assertThat(outbox.givenUp()).isEmpty();
        assertThat(received).hasSize(2);
    }

    @Test
    void shouldFollowNoRedirect() {
        NotificationProperties properties = properties(Map.of("ops", webhook()));
        outbox(properties).add(notice("n1", "c1", "ended"));

        status = 307;
        sender(properties, Map.of()).send(NOW);

        assertThat(received).extracting(Received::path).containsExactly("/hook");
        assertThat(outbox(properties).pending()).hasSize(1);
    }

    @Test
    void shouldWriteForSlackAndTeamsWithTheAddressFromAFile() throws IOException {
        NotificationProperties slack = properties(Map.of("slack", chat(Format.SLACK)));
        NotificationProperties teams = properties(Map.of("teams", chat(Format.TEAMS)));
        outbox(slack).add(notice("n1", "c1", "mesh1: <!channel> & more"));
        outbox(teams).add(notice("n2", "c1", "mesh1: ended"));
        outbox(slack)
                .add(new Notice("n3", EventType.INCIDENT_OPENED, NOW, "c1", "c1", "not wanted", "/changes/", Map.of()));

        sender(slack, Map.of()).send(NOW);
        sender(teams, Map.of()).send(NOW);

        assertThat(received).hasSize(2).extracting(Received::path).containsOnly("/services/secret-part");
        assertThat(received.get(0).json().at("/blocks/0/text/text").asText())
                .contains("*mesh1: &lt;!channel&gt; &amp; more*")
                .contains("<https://meshspan.example.org/changes/#/?change=c1|Open>");
        JsonNode card = received.get(1).json().at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/actions/0/url").asText()).endsWith("/changes/#/?change=c1");
        assertThat(received).allSatisfy(each -> assertThat(each.headers()).doesNotContainKey("Webhook-signature"));
    }

    @Test
    void shouldNameNoAddressWhenItCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("url"), "hooks.example.org/secret part");
        NotificationProperties properties =
                properties(Map.of("slack", new Receiver(Format.SLACK, null, file, null, List.of(), List.of())));
        outbox(properties).add(notice("n1", "c1", "ended"));

        sender(properties, Map.of()).send(NOW);

        assertThat(outbox(properties).pending().get(0).problem())
                .contains("no URL")
                .doesNotContain("secret", "hooks");
    }

    @Test
    void shouldSendMailAndKeepItWhileTheServerIsAway() throws Exception {
        // given
        NotificationProperties properties = properties(
                Map.of("team", new Receiver(Format.MAIL, null, null, null, List.of("ops@example.org"), List.of())));
        outbox(properties).add(notice("n1", "c1", "mesh1: ended"));
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        JavaMailSenderImpl smtp = new JavaMailSenderImpl();
        smtp.setHost("127.0.0.1");
        smtp.setPort(1);
        NotificationSender sender = sender(properties, Map.of("smtp", smtp));

        // when
        sender.send(NOW);
        mail.start();
        try {
            smtp.setPort(mail.getSmtp().getPort());
            sender.send(NOW.plusSeconds(5));

            // then
            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("[Meshspan] mesh1: ended");
            assertThat(String.valueOf(mail.getReceivedMessages()[0].getContent()))
                    .contains("https://meshspan.example.org/changes/#/?change=c1");
        } finally {
            mail.stop();
        }
    }

    @Test
    void shouldRefuseReceiversThatAreNotCompleteOrNotSafe() {
        URI url = url("/hook");
        Receiver unsigned = new Receiver(Format.CLOUDEVENTS, url, null, null, List.of(), List.of());
        Receiver open = new Receiver(Format.SLACK, url, null, null, List.of(), List.of());
        Receiver nobody = new Receiver(Format.MAIL, null, null, null, List.of(), List.of());

        assertThatThrownBy(() -> properties(Map.of("a", unsigned))).hasMessageContaining("key-file");
        assertThatThrownBy(() -> properties(Map.of("a", open))).hasMessageContaining("url-file");
        assertThatThrownBy(() -> properties(Map.of("a", nobody))).hasMessageContaining(".to");
    }
}
