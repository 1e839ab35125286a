package io.meshspan.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.inventory.ContextLogin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The auth-provider {@code oidc}. It uses the id-token of the kubeconfig until it expires, then gets a new one from the
 * identity provider with the refresh-token, as client-go does. Renewed tokens stay in memory: this class does not write the
 * kubeconfig.
 */
final class OidcTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration EARLY = Duration.ofSeconds(10);

    private final Map<String, String> config;
    private final ContextLogin login;
    private final Clock clock;
    private @Nullable String idToken;
    private @Nullable String refreshToken;
    private boolean handedOut;

    OidcTokens(ContextLogin login, Map<String, String> config, Clock clock) {
        this.login = login;
        this.config = config;
        this.clock = clock;
        this.idToken = value("id-token").orElse(null);
        this.refreshToken = value("refresh-token").orElse(null);
    }

    /** Only one thread at a time may call this. */
    Credential next() {
        String last = idToken;
        boolean lasts =
                last != null && end(last).filter(clock.instant()::isBefore).isPresent();
        if (last != null && lasts && (!handedOut || refreshToken == null)) {
            handedOut = true;
            return Credential.bearer(last, end(last));
        }
        String fresh = refreshed();
        idToken = fresh;
        return Credential.bearer(fresh, end(fresh));
    }

    private String refreshed() {
        String refresh = refreshToken;
        if (refresh == null) {
            throw failed("an id-token that lasts, or a refresh-token", "neither");
        }
        try {
            HttpClient client = client();
            URI endpoint = URI.create(asked(client, HttpRequest.newBuilder(discovery()))
                    .path("token_endpoint")
                    .asText());
            JsonNode answer = tokens(client, endpoint, refresh);
            String token = answer.path("id_token").asText();
            if (token.isEmpty()) {
                throw failed("an id_token from the identity provider", "an answer without one");
            }
            if (answer.hasNonNull("refresh_token")) {
                refreshToken = answer.path("refresh_token").asText();
            }
            return token;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw failed("an answer of the identity provider", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("an answer of the identity provider", "an interruption");
        }
    }

    private URI discovery() {
        String issuer = value("idp-issuer-url")
                .orElseThrow(() -> failed("an idp-issuer-url from which to renew the id-token", "none"));
        return URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
    }

    /**
     * Sends the secret in the header, which OAuth 2 prefers. If that fails, it sends the secret in the form, which some
     * providers need.
     */
    private JsonNode tokens(HttpClient client, URI endpoint, String refresh) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        String id = value("client-id").orElse("");
        Optional<String> secret = value("client-secret");
        if (secret.isPresent()) {
            String pair = encoded(id) + ":" + encoded(secret.get());
            HttpRequest.Builder basic = posted(endpoint, form)
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            HttpResponse<String> answer = client.send(basic.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body());
            }
            form.put("client_secret", secret.get());
        }
        form.put("client_id", id);
        return asked(client, posted(endpoint, form));
    }

    private static HttpRequest.Builder posted(URI endpoint, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(endpoint)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode asked(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw failed("an answer of the identity provider", "HTTP " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
        Optional<byte[]> authority = authority();
        if (authority.isPresent()) {
            builder.sslContext(ServerTrust.in(authority.get(), Optional.empty()).context(Optional.empty()));
        }
        ProxyRoute.of(discovery(), System.getenv())
                .filter(proxy -> !proxy.isSocks())
                .map(ProxyRoute::address)
                .ifPresent(proxy ->
                        builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHostString(), proxy.getPort()))));
        return builder.build();
    }

    private Optional<byte[]> authority() throws IOException {
        Optional<String> data = value("idp-certificate-authority-data");
        if (data.isPresent()) {
            return Optional.of(Base64.getMimeDecoder().decode(data.get()));
        }
        Optional<String> file = value("idp-certificate-authority");
        return file.isPresent()
                ? Optional.of(Files.readAllBytes(login.userFolder().resolve(file.get())))
                : Optional.empty();
    }

    /**
     * A little before the token's own expiry, so that no token expires during a call. Empty if the expiry cannot be read.
     */
    private static Optional<Instant> end(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.path("exp").canConvertToLong()
                    ? Optional.of(
                            Instant.ofEpochSecond(claims.path("exp").asLong()).minus(EARLY))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(config.get(key)).filter(value -> !value.isBlank());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static LoginFailed failed(String expected, String found) {
        return new LoginFailed(
                "auth-provider oidc",
                expected,
                found,
                "Log in again (kubectl oidc-login, or your provider's tool) and put the new id-token and "
                        + "refresh-token into the kubeconfig, then try again.");
    }
}
