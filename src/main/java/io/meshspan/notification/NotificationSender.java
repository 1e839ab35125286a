package io.meshspan.notification;

import io.meshspan.node.AdvisoryLock;
import io.meshspan.notification.NotificationProperties.Receiver;
import io.meshspan.notification.Outbox.Delivery;
import io.meshspan.notification.Webhook.NotDelivered;
import io.meshspan.schedule.PeriodicTasks;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Sends the notices of the outbox to each receiver, on one node at a time. A row is deleted after the receiver has
 * accepted it, so after a crash a notice may be sent twice, but never zero times. The pauses before further attempts
 * grow.
 */
@Component
class NotificationSender {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);
    private static final int MOST_DOUBLINGS = 20;

    private final Outbox outbox;
    private final NotificationProperties properties;
    private final ObjectProvider<JavaMailSender> mail;
    private final AdvisoryLock turn;
    private final MeterRegistry registry;
    private final ThreadPoolTaskScheduler timer;
    private final Webhook webhook;
    private final Messages messages;
    private final Map<String, Instant> silentUntil = new HashMap<>();

    NotificationSender(
            Outbox outbox,
            NotificationProperties properties,
            ObjectProvider<JavaMailSender> mail,
            DataSource database,
            DataSourceProperties settings,
            MeterRegistry registry,
            PeriodicTasks periodic) {
        this.outbox = outbox;
        this.properties = properties;
        this.mail = mail;
        this.turn = new AdvisoryLock(database, settings, "meshspan notifications");
        this.registry = registry;
        this.timer = periodic.scheduler("notifications", 1);
        this.webhook = new Webhook(properties.answerWithin());
        this.messages = new Messages(properties.baseUrl());
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (!properties.receivers().isEmpty()) {
            var unused = timer.scheduleWithFixedDelay(this::sendInTurn, properties.every());
            unused = timer.scheduleWithFixedDelay(() -> outbox.forget(Instant.now()), Duration.ofDays(1));
        }
    }

    private void sendInTurn() {
        try {
            if (turn.tryTake()) {
                send(Instant.now());
            }
        } catch (SQLException | DataAccessException e) {
            LOG.warn("Cannot read the outbox from the database; trying again soon");
        }
    }

    void send(Instant now) {
        properties.receivers().forEach((name, receiver) -> {
            if (!now.isBefore(silentUntil.getOrDefault(name, now))) {
                send(name, receiver, now);
            }
        });
    }

    private void send(String name, Receiver receiver, Instant now) {
        for (Delivery delivery : outbox.due(name, now)) {
            try {
                tell(receiver, delivery.notice());
                outbox.taken(delivery);
                count(name, "sent");
            } catch (NotDelivered e) {
                count(name, "failed");
                failed(delivery, String.valueOf(e.getMessage()), now);
                if (!e.isOfThisEvent()) {
                    silentUntil.put(name, now.plus(pause(delivery)));
                    return;
                }
            }
        }
    }

    private void tell(Receiver receiver, Notice notice) throws NotDelivered {
        switch (receiver.format()) {
            case CLOUDEVENTS -> webhook.post(receiver, notice.id(), messages.cloudEvent(notice));
            case SLACK -> webhook.post(receiver, notice.id(), messages.slack(notice));
            case TEAMS -> webhook.post(receiver, notice.id(), messages.teams(notice));
            case MAIL -> mail(receiver, notice);
        }
    }

    private void mail(Receiver receiver, Notice notice) throws NotDelivered {
        JavaMailSender sender = mail.getIfAvailable();
        if (sender == null) {
            throw new NotDelivered("spring.mail.host is not set", false);
        }
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(String.valueOf(properties.from()));
        message.setTo(receiver.to().toArray(String[]::new));
        message.setSubject(Messages.subject(notice));
        message.setText(messages.mail(notice));
        try {
            sender.send(message);
        } catch (MailException e) {
            throw new NotDelivered(
                    "mail was not taken (%s)".formatted(e.getClass().getSimpleName()), false);
        }
    }

    private void failed(Delivery delivery, String problem, Instant now) {
        Notice notice = delivery.notice();
        if (now.isAfter(notice.at().plus(properties.giveUpAfter()))) {
            outbox.giveUp(delivery, problem);
            LOG.error(
                    "{} did not get {} ({}); gave up after {} attempts: {}",
                    delivery.receiver(),
                    notice.id(),
                    notice.type().type(),
                    delivery.attempts() + 1,
                    problem);
        } else {
            outbox.failed(delivery, problem, now.plus(pause(delivery)));
            LOG.warn(
                    "{} does not take {} ({}): {}; tried again later",
                    delivery.receiver(),
                    notice.id(),
                    notice.type().type(),
                    problem);
        }
    }

    /** Doubles each time, up to the setting, with jitter, so that receivers do not get all retries at once. */
    private Duration pause(Delivery delivery) {
        long longest = properties.retryWithin().toMillis();
        long doubled = 1000L << Math.min(delivery.attempts(), MOST_DOUBLINGS);
        long pause = Math.min(longest, doubled);
        return Duration.ofMillis(pause - ThreadLocalRandom.current().nextLong(pause / 10 + 1));
    }

    private void count(String receiver, String result) {
        registry.counter("meshspan.notification.attempts", "receiver", receiver, "result", result)
                .increment();
    }
}
