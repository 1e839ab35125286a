package io.meshspan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Client of {@code /api/v1}. Errors are a {@link CommandFailed} with the message of the service. */
final class ServiceClient {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than the longest wait of the service. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClientSettings settings;
    private final HttpClient http;

    ServiceClient(ClientSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).version(HttpClient.Version.HTTP_1_1);
        settings.authority().ifPresent(file -> builder.sslContext(trusting(file)));
        this.http = builder.build();
    }

    JsonNode get(String path) {
        return json(text(path));
    }

    /** As the service sends it. */
    String text(String path) {
        return send(request(path).GET()).body();
    }

    /**
     * The change, as soon as it differs from a version.
     *
     * @param version the ETag of the known state; empty for an answer at once
     * @param most how long to wait; the service waits for a minute at most
     * @return empty if nothing changed
     */
    Optional<HttpResponse<String>> changed(String path, String version, Duration most) {
        long seconds = Math.max(0, Math.min(most.toSeconds(), LONGEST_POLL.toSeconds()));
        HttpRequest.Builder request = request(version.isEmpty() ? path : path + "?wait=%ds".formatted(seconds))
                .GET();
        if (!version.isEmpty()) {
            request.header("If-None-Match", version);
        }
        HttpResponse<String> answer = send(request);
        return answer.statusCode() == 304 ? Optional.empty() : Optional.of(answer);
    }

    JsonNode post(String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return json(send(request).body());
    }

    static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    CommandOutcome.FAILED, "The address answers, and not as Meshspan does. Look at MESHSPAN_SERVER.");
        }
    }

    /** As part of an address. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        String server = settings.server().toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", settings.authorization().get())
                .header("Accept", "application/json, application/problem+json, */*");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new CommandFailed(CommandOutcome.ofStatus(answer.statusCode()), problem(answer));
            }
            return answer;
        } catch (IOException e) {
            throw new CommandFailed(
                    CommandOutcome.UNREACHABLE,
                    "%s does not answer: %s"
                            .formatted(settings.server(), e.getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(CommandOutcome.FAILED, "Interrupted.");
        }
    }

    private static String problem(HttpResponse<String> answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            if (problem.hasNonNull("detail")) {
                return problem.path("detail").asText();
            }
        } catch (JsonProcessingException noProblem) {
            // A proxy has a format of its own.
        }
        return "The service answers with status %d.".formatted(answer.statusCode());
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailed(
                    CommandOutcome.MISUSED,
                    "MESHSPAN_CA: expected a file with certificates in PEM, found %s.".formatted(file));
        }
    }
}
