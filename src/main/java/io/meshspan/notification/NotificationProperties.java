package io.meshspan.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is told what happens in changes.
 *
 * @param receivers Who is told, by a name of yours.
 * @param baseUrl The address at which people reach this service, for links.
 * @param from The sender of mail.
 * @param every How often what is to be told is looked for.
 * @param answerWithin How long a receiver may take to answer.
 * @param retryWithin The longest pause between two attempts.
 * @param giveUpAfter How long a receiver is tried; what it has not taken by then it is not told.
 * @param approvalExpiresWithin How long before an approval expires people are told so.
 * @param certificateExpiresWithin How long before a CA certificate expires people are told so.
 * @param kubernetesEvents Whether each cluster of a change gets a Kubernetes Event when the change begins and ends.
 */
@Validated
@ConfigurationProperties("meshspan.notifications")
record NotificationProperties(
        @DefaultValue @Valid Map<String, Receiver> receivers,
        @DefaultValue("http://localhost:8080") URI baseUrl,
        @Nullable String from,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration every,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration answerWithin,

        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 6)
        Duration retryWithin,

        @DefaultValue("3d") @DurationMin(minutes = 1) @DurationMax(days = 28)
        Duration giveUpAfter,

        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 28)
        Duration approvalExpiresWithin,

        @DefaultValue("30d") @DurationMin(days = 1) @DurationMax(days = 365)
        Duration certificateExpiresWithin,

        @DefaultValue("false") boolean kubernetesEvents) {

    NotificationProperties {
        for (Map.Entry<String, Receiver> each : receivers.entrySet()) {
            each.getValue().problem().ifPresent(problem -> {
                throw new IllegalArgumentException(
                        "meshspan.notifications.receivers.%s is not %s".formatted(each.getKey(), problem));
            });
            if (each.getValue().format() == Format.MAIL && from == null) {
                throw new IllegalArgumentException(
                        "meshspan.notifications.from is not the address that mail to %s comes from"
                                .formatted(each.getKey()));
            }
        }
    }

    /** The message format of a receiver. */
    enum Format {
        CLOUDEVENTS,
        SLACK,
        TEAMS,
        MAIL
    }

    /**
     * Somebody who is told.
     *
     * @param format The form of the messages.
     * @param url The address of a webhook that holds no secret.
     * @param urlFile A file with the address of the webhook, if that is a secret.
     * @param keyFile A file with the key by which CloudEvents are signed.
     * @param to The addresses that mail goes to.
     * @param events What it is told of; everything if nothing is named.
     */
    record Receiver(
            @NotNull Format format,
            @Nullable URI url,
            @Nullable Path urlFile,
            @Nullable Path keyFile,
            @DefaultValue List<String> to,
            @DefaultValue List<EventType> events) {

        boolean wants(EventType type) {
            return events.isEmpty() || events.contains(type);
        }

        private Optional<String> problem() {
            if (format == Format.MAIL) {
                return to.isEmpty()
                        ? Optional.of("complete: set .to, the addresses of the recipients")
                        : Optional.empty();
            }
            if ((url == null) == (urlFile == null)) {
                return Optional.of("complete: set .url or .url-file, the address of the webhook");
            }
            if (format == Format.CLOUDEVENTS) {
                return keyFile == null
                        ? Optional.of("complete: set .key-file, a file with the key by which events are signed")
                        : Optional.empty();
            }
            return urlFile == null
                    ? Optional.of("safe: the URL of such a webhook is a secret; put it into a file and set .url-file")
                    : Optional.empty();
        }
    }
}
