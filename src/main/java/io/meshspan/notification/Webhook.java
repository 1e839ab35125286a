package io.meshspan.notification;

import io.meshspan.notification.NotificationProperties.Format;
import io.meshspan.notification.NotificationProperties.Receiver;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts only to the addresses of the settings: it does not follow redirects. CloudEvents are signed as Standard
 * Webhooks specifies. Addresses and keys are read for each call and appear in no message.
 */
final class Webhook {

    private static final String SIGNATURE = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int OK = 200;
    private static final int NOT_OK = 300;
    private static final int REFUSED = 400;
    private static final int SERVER_ERROR = 500;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final HttpClient client;
    private final Duration answerWithin;

    Webhook(Duration answerWithin) {
        this.answerWithin = answerWithin;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(answerWithin)
                .proxy(Objects.requireNonNullElse(ProxySelector.getDefault(), HttpClient.Builder.NO_PROXY))
                .build();
    }

    /** @throws NotDelivered if the receiver does not accept it */
    void post(Receiver receiver, String id, byte[] body) throws NotDelivered {
        boolean signed = receiver.format() == Format.CLOUDEVENTS;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address(receiver))
                    .timeout(answerWithin)
                    .header("Content-Type", signed ? "application/cloudevents+json" : "application/json")
                    .header("User-Agent", "meshspan")
                    .POST(BodyPublishers.ofByteArray(body));
            if (signed) {
                sign(request, key(receiver), id, Instant.now(), body);
            }
            judge(client.send(request.build(), BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            throw new NotDelivered("no answer (%s)".formatted(e.getClass().getSimpleName()), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("interrupted", false);
        }
    }

    private static void judge(int status) throws NotDelivered {
        if (status < OK || status >= NOT_OK) {
            boolean ofThisEvent = status >= REFUSED && status < SERVER_ERROR && status != TIMEOUT && status != TOO_MANY;
            throw new NotDelivered("HTTP " + status, ofThisEvent);
        }
    }

    static void sign(HttpRequest.Builder request, byte[] key, String id, Instant now, byte[] body) {
        String time = String.valueOf(now.getEpochSecond());
        request.header("webhook-id", id)
                .header("webhook-timestamp", time)
                .header("webhook-signature", "v1," + signature(key, id, time, body));
    }

    private static String signature(byte[] key, String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(SIGNATURE);
            mac.init(new SecretKeySpec(key, SIGNATURE));
            mac.update("%s.%s.".formatted(id, time).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + SIGNATURE, e);
        }
    }

    private static byte[] key(Receiver receiver) throws NotDelivered {
        String text = content(receiver.keyFile(), "key-file");
        try {
            return text.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NotDelivered("key-file holds no base64 behind " + PREFIX, false);
        }
    }

    private static URI address(Receiver receiver) throws NotDelivered {
        URI url = receiver.url();
        try {
            URI address = url == null ? URI.create(content(receiver.urlFile(), "url-file")) : url;
            boolean http = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (http && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the address.
        }
        throw new NotDelivered("the address is no URL that begins with https:// or http://", false);
    }

    private static String content(@Nullable Path file, String setting) throws NotDelivered {
        try {
            String text = file == null ? "" : Files.readString(file).strip();
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException e) {
            throw new NotDelivered(setting + " cannot be read", false);
        }
        throw new NotDelivered(setting + " is empty", false);
    }

    /** Why a receiver did not take a notice, without a secret. */
    static final class NotDelivered extends Exception {

        private final boolean ofThisEvent;

        /** @param ofThisEvent whether the receiver may still accept other events */
        NotDelivered(String problem, boolean ofThisEvent) {
            super(problem);
            this.ofThisEvent = ofThisEvent;
        }

        boolean isOfThisEvent() {
            return ofThisEvent;
        }
    }
}
