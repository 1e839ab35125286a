package io.meshspan.notification;

import io.meshspan.notification.Outbox.Delivery;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Undelivered and abandoned notices, as gauges, and for administrators at {@code /actuator/notifications}. */
@Component
@Endpoint(id = "notifications")
public class OpenNotifications implements MultiCollector {

    private static final String PENDING = "meshspan_notifications_pending";
    private static final String GIVEN_UP = "meshspan_notifications_given_up";
    private static final String AGE = "meshspan_notification_oldest_age_seconds";
    private static final double MILLISECONDS = 1000;

    public static final List<String> NAMES = List.of(PENDING, GIVEN_UP, AGE);

    private final Outbox outbox;
    private final NotificationProperties properties;

    OpenNotifications(Outbox outbox, NotificationProperties properties) {
        this.outbox = outbox;
        this.properties = properties;
    }

    @EventListener
    void register(ApplicationStartedEvent started) {
        started.getApplicationContext()
                .getBeanProvider(PrometheusRegistry.class)
                .ifAvailable(registry -> registry.register(this));
    }

    @Override
    public List<String> getPrometheusNames() {
        return NAMES;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return properties.receivers().isEmpty() ? new MetricSnapshots() : snapshots(Instant.now());
        } catch (DataAccessException e) {
            return new MetricSnapshots();
        }
    }

    private MetricSnapshots snapshots(Instant now) {
        List<Delivery> pending = outbox.pending();
        List<Delivery> givenUp = outbox.givenUp();
        return new MetricSnapshots(
                gauge(
                        PENDING,
                        "Undelivered notices",
                        receiver -> of(receiver, pending).size()),
                gauge(
                        GIVEN_UP,
                        "Abandoned notices",
                        receiver -> of(receiver, givenUp).size()),
                gauge(
                        AGE,
                        "Age of the oldest undelivered notice",
                        receiver -> of(receiver, pending).stream()
                                .mapToDouble(
                                        each -> Duration.between(each.notice().at(), now)
                                                        .toMillis()
                                                / MILLISECONDS)
                                .max()
                                .orElse(0)));
    }

    private static List<Delivery> of(String receiver, List<Delivery> all) {
        return all.stream().filter(each -> each.receiver().equals(receiver)).toList();
    }

    private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<String> value) {
        List<GaugeDataPointSnapshot> points = properties.receivers().keySet().stream()
                .map(receiver -> GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("receiver", receiver))
                        .value(value.applyAsDouble(receiver))
                        .build())
                .toList();
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }

    @ReadOperation
    public Map<String, List<Map<String, Object>>> open() {
        return Map.of("pending", shown(outbox.pending()), "givenUp", shown(outbox.givenUp()));
    }

    /** Retries all abandoned notices. */
    @WriteOperation
    public Map<String, Integer> tryAgain() {
        return Map.of("triedAgain", outbox.tryAgain(Instant.now()));
    }

    private List<Map<String, Object>> shown(List<Delivery> notices) {
        return notices.stream()
                .map(each -> Map.<String, Object>of(
                        "receiver", each.receiver(),
                        "id", each.notice().id(),
                        "type", each.notice().type().type(),
                        "at", each.notice().at().toString(),
                        "title", each.notice().title(),
                        "attempts", each.attempts(),
                        "problem", Objects.requireNonNullElse(each.problem(), "")))
                .toList();
    }
}
