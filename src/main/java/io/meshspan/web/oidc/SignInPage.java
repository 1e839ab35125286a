package io.meshspan.web.oidc;

import io.meshspan.engine.identity.LoginProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.HtmlUtils;

/** Data of the sign-in page, and the sign-out at the identity provider after the sign-out here. */
@RestController
public class SignInPage {

    private static final String ENDED = Ended.class.getName();
    /** How long after the sign-out here the page offers the sign-out at the provider. */
    private static final Duration OFFERED = Duration.ofMinutes(5);

    private final IdentityProviders providers;
    private final LoginProperties settings;
    private final Clock clock = Clock.systemUTC();

    SignInPage(IdentityProviders providers) {
        this.providers = providers;
        this.settings = providers.settings();
    }

    private record Ended(String provider, String idToken, Instant at) implements Serializable {

        @Override
        public String toString() {
            return "signed out of " + provider;
        }
    }

    /** An identity provider on the page. */
    record Choice(String id, String name) {}

    /**
     * The choices of the page.
     *
     * @param passwords who may sign in with a password: everybody, administrators or nobody
     * @param signedOut the provider at which the person, who just signed out here, is still signed in
     */
    record Choices(
            String passwords,
            List<Choice> providers,
            @Nullable Choice signedOut) {}

    @GetMapping("/sign-in/choices")
    Choices choices(HttpServletRequest request) {
        return new Choices(
                settings.localUsers().name().toLowerCase(Locale.ROOT),
                settings.all().keySet().stream().sorted().map(this::choice).toList(),
                ended(request).map(ended -> choice(ended.provider())).orElse(null));
    }

    private Choice choice(String provider) {
        return new Choice(provider, providers.displayName(provider));
    }

    /** Before the session ends: stores its provider for the rest of this request. */
    public static void beforeSignOut(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false))
                .flatMap(OidcSessions::of)
                .ifPresent(known ->
                        request.setAttribute(ENDED, new Ended(known.provider(), known.idToken(), Instant.now())));
    }

    /** After the sign-out: the next, anonymous session offers the sign-out at the provider. */
    public static void afterSignOut(HttpServletRequest request) {
        Optional.ofNullable(request.getAttribute(ENDED))
                .ifPresent(ended -> request.getSession(true).setAttribute(ENDED, ended));
    }

    /**
     * Sends the browser to the provider's sign-out. A form sends the ID token, so that it is in no URL, log or history.
     */
    @GetMapping("/sign-out/provider")
    ResponseEntity<String> signOutThere(HttpServletRequest request) {
        Optional<String> form = ended(request).flatMap(ended -> form(request, ended));
        Optional.ofNullable(request.getSession(false)).ifPresent(session -> session.removeAttribute(ENDED));
        return form.map(html -> ResponseEntity.ok()
                        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                        .header(
                                "Content-Security-Policy",
                                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action *")
                        .body(html))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, request.getContextPath() + "/?sign-in=signed-out")
                        .build());
    }

    private Optional<Ended> ended(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(ENDED))
                .filter(Ended.class::isInstance)
                .map(Ended.class::cast)
                .filter(ended -> clock.instant().isBefore(ended.at().plus(OFFERED)))
                .filter(ended -> endpoint(ended.provider()).isPresent());
    }

    private Optional<URI> endpoint(String name) {
        return providers
                .provider(name)
                .filter(LoginProperties.Provider::endSession)
                .flatMap(provider -> {
                    try {
                        ClientRegistration registration = providers.registration(name, provider);
                        Object endpoint = registration
                                .getProviderDetails()
                                .getConfigurationMetadata()
                                .get("end_session_endpoint");
                        return Optional.ofNullable(endpoint)
                                .map(String::valueOf)
                                .map(URI::create);
                    } catch (IdentityProviders.Unreachable e) {
                        return Optional.empty();
                    }
                });
    }

    private Optional<String> form(HttpServletRequest request, Ended ended) {
        String back = providers
                        .baseUrl()
                        .replace(
                                "{baseUrl}",
                                ServletUriComponentsBuilder.fromContextPath(request)
                                        .build()
                                        .toUriString())
                + "/?sign-in=signed-out";
        String clientId = providers.provider(ended.provider()).orElseThrow().clientId();
        return endpoint(ended.provider()).map(endpoint -> """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Sign out - Meshspan</title><link rel="stylesheet" href="/changes/changes.css"></head>
                <body class="ms-page"><main class="ms ms-sign-in"><h1>Meshspan</h1>
                <form id="sign-out" method="post" action="%s">
                <input type="hidden" name="id_token_hint" value="%s">
                <input type="hidden" name="client_id" value="%s">
                <input type="hidden" name="post_logout_redirect_uri" value="%s">
                <button type="submit" class="ms-act">Sign out of %s, too</button>
                </form></main><script type="module" src="/changes/sign-out.js"></script></body></html>
                """.formatted(
                        HtmlUtils.htmlEscape(endpoint.toString()),
                        HtmlUtils.htmlEscape(ended.idToken()),
                        HtmlUtils.htmlEscape(clientId),
                        HtmlUtils.htmlEscape(back),
                        HtmlUtils.htmlEscape(providers.displayName(ended.provider()))));
    }
}
