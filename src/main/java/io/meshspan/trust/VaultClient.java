package io.meshspan.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.login.ServerTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Vault's HTTP API. Each request reads the token from its file again, because agents renew it there. The token is only sent
 * in the header, and never along a redirect.
 */
final class VaultClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN_FORM = "[\\x21-\\x7e]+";
    private static final int LONGEST = 500;

    /**
     * Sealed, in standby, overloaded or not reachable: https://developer.hashicorp.com/vault/api-docs, HTTP status codes.
     */
    private static final Set<Integer> PASSING = Set.of(412, 429, 472, 473, 500, 502, 503, 504);

    private final TrustProperties.Vault settings;
    private final URI address;
    private volatile @Nullable HttpClient client;

    VaultClient(TrustProperties.Vault settings) {
        this.settings = settings;
        this.address = Objects.requireNonNull(settings.address(), "checked with the settings");
    }

    String describe() {
        return "Vault at %s, mount %s".formatted(address, settings.mount());
    }

    /** What the mount publishes about its CA; empty if it has nothing at this path. Needs no token. */
    Optional<JsonNode> published(String path) {
        return send(request(settings.mount() + "/" + path).GET(), "");
    }

    /**
     * Sends the request with the token.
     *
     * @throws StepFailed if Vault refuses
     * @throws TransientException if Vault does not answer, or is not able to answer at the moment
     */
    JsonNode post(String path, Map<String, ?> body) {
        String token = token();
        try {
            HttpRequest.Builder request = request(path)
                    .header("X-Vault-Token", token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            return send(request, token).orElseThrow(() -> refused(path, "HTTP 404", "no such path"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request to Vault could not be written");
        }
    }

    private HttpRequest.Builder request(String path) {
        String base = address.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/v1/" + path))
                .timeout(settings.answerWithin())
                .header("X-Vault-Request", "true");
        String namespace = settings.namespace();
        return namespace == null ? request : request.header("X-Vault-Namespace", namespace);
    }

    private Optional<JsonNode> send(HttpRequest.Builder builder, String token) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> answer = client().send(request, BodyHandlers.ofByteArray());
            return read(request.uri().getPath().replaceFirst("^/v1/", ""), answer, token);
        } catch (SSLException e) {
            throw unusable(
                    "a certificate that meshspan.trust.vault.ca-file, or the machine's CAs, verify",
                    "one that they do not verify",
                    "Set meshspan.trust.vault.ca-file to the CA of Vault's own certificate.");
        } catch (IOException e) {
            throw new TransientException(
                    "%s does not answer: %s".formatted(describe(), e.getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException(describe() + ": the call was interrupted");
        }
    }

    private Optional<JsonNode> read(String path, HttpResponse<byte[]> answer, String token) {
        int status = answer.statusCode();
        if (status == 200) {
            try {
                return Optional.of(JSON.readTree(answer.body()));
            } catch (IOException e) {
                throw unusable(
                        "Vault's API",
                        "an answer to %s that is no JSON".formatted(path),
                        "Correct meshspan.trust.vault.");
            }
        }
        if (status == 204 || status == 404) {
            return Optional.empty();
        }
        String words = words(answer.body(), token);
        if (PASSING.contains(status)) {
            throw new TransientException("%s cannot answer: HTTP %d, %s".formatted(describe(), status, words));
        }
        throw refused(path, "HTTP " + status, words);
    }

    /** Vault reports problems in {@code errors}. */
    private static String words(byte[] body, String token) {
        List<String> errors = new ArrayList<>();
        try {
            JSON.readTree(body).path("errors").forEach(error -> errors.add(error.asText()));
        } catch (IOException e) {
            errors.add("no word of Vault's");
        }
        String text = String.join("; ", errors).replaceAll("\\s+", " ").strip();
        String safe = token.isEmpty() ? text : text.replace(token, "(hidden)");
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "..." : safe.isEmpty() ? "no word of why" : safe;
    }

    private StepFailed refused(String path, String status, String words) {
        return unusable(
                "that Vault answers " + path,
                "%s: %s".formatted(status, words),
                "Give the token in %s a policy with the capability update on %s, and see that meshspan.trust.vault (mount,"
                                .formatted(settings.tokenFile(), path)
                        + " issuer-ref, namespace) is right; then try again.");
    }

    StepFailed unusable(String expected, String found, String advice) {
        return new StepFailed(
                FailureCode.INPUT_REJECTED, Finding.blocking("Vault", describe(), expected, found, advice));
    }

    private String token() {
        Path file = Objects.requireNonNull(settings.tokenFile(), "checked with the settings");
        String found;
        try {
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (token.matches(TOKEN_FORM)) {
                return token;
            }
            found = token.isEmpty() ? "an empty file" : "characters that no token has";
        } catch (IOException e) {
            found = "a file that cannot be read: " + e.getClass().getSimpleName();
        }
        throw unusable(
                "a token in the file " + file.toAbsolutePath(),
                found,
                "Let Vault's agent, or a person, put one there.");
    }

    private HttpClient client() {
        HttpClient there = client;
        if (there != null) {
            return there;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.answerWithin())
                .followRedirects(HttpClient.Redirect.NEVER);
        Path caFile = settings.caFile();
        if (caFile != null) {
            builder.sslContext(trusting(caFile));
        }
        HttpClient made = builder.build();
        client = made;
        return made;
    }

    private SSLContext trusting(Path caFile) {
        try {
            return ServerTrust.in(Files.readAllBytes(caFile), Optional.empty()).context(Optional.empty());
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(
                    "certificates in PEM in meshspan.trust.vault.ca-file",
                    "what cannot be read as such: " + e.getClass().getSimpleName(),
                    "Correct the file or the setting.");
        }
    }
}
