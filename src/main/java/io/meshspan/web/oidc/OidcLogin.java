package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPeople;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/**
 * Sign-in of a browser at an identity provider by Spring Security: authorization code with PKCE, state and nonce. The
 * sign-in page shows errors. After the sign-in, the browser continues to the page that it asked for.
 */
@Component
public class OidcLogin {

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);

    /** The path of the sign-in page's links, followed by a provider's name. */
    private static final String START = "/oauth2/authorization";

    private static final String TARGET = "to";
    private static final String CLIENT = OAuth2AuthorizedClient.class.getName();
    private static final Map<String, String> TOLD = Map.of(
            OidcUsers.NO_ROLE,
            "no-role",
            "access_denied",
            "refused",
            "authorization_request_not_found",
            "again",
            "invalid_state_parameter",
            "again");

    private final IdentityProviders providers;
    private final OidcSessions sessions;
    private final ExternalPeople people;

    OidcLogin(IdentityProviders providers, OidcSessions sessions, ExternalPeople people) {
        this.providers = providers;
        this.sessions = sessions;
        this.people = people;
    }

    /** Nothing if the settings name no identity provider. */
    public void addTo(HttpSecurity http) throws Exception {
        if (providers.isEmpty()) {
            return;
        }
        var exchange = new RestClientAuthorizationCodeTokenResponseClient();
        exchange.setRestClient(providers.tokenCalls());
        http.oauth2Login(login -> login.loginPage("/")
                .clientRegistrationRepository(providers)
                .authorizedClientRepository(new OfThisRequest())
                .authorizationEndpoint(start -> start.authorizationRequestResolver(requests())
                        .authorizationRequestRepository(new RememberedTarget()))
                .tokenEndpoint(token -> token.accessTokenResponseClient(exchange))
                .userInfoEndpoint(users -> users.oidcUserService(new OidcUsers(providers)))
                .successHandler(this::signedIn)
                .failureHandler(this::failed)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(OidcLogin.this::failed);
                        return filter;
                    }
                }));
    }

    private OAuth2AuthorizationRequestResolver requests() {
        var requests = new DefaultOAuth2AuthorizationRequestResolver(providers, START);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return requests;
    }

    private void signedIn(HttpServletRequest request, HttpServletResponse response, Authentication known)
            throws IOException {
        OidcPerson person = (OidcPerson) known.getPrincipal();
        people.sawSignIn(person.person());
        sessions.begin(request.getSession(), sessions.begun(person, refreshToken(request)));
        LOG.info("{} signed in by {}", person.getName(), person.provider());
        String to = PageOfThisSite.of(text(request.getAttribute(TARGET))).orElse("/");
        response.sendRedirect(request.getContextPath() + to);
    }

    private static Optional<String> refreshToken(HttpServletRequest request) {
        return request.getAttribute(CLIENT) instanceof OAuth2AuthorizedClient client
                ? Optional.ofNullable(client.getRefreshToken()).map(OAuth2RefreshToken::getTokenValue)
                : Optional.empty();
    }

    private void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String code = failure instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : "";
        boolean silent = failure instanceof IdentityProviders.Unreachable
                || failure.getCause() instanceof IdentityProviders.Unreachable;
        String told = silent ? "silent" : TOLD.getOrDefault(code, "failed");
        if (told.equals("failed") || silent) {
            // Messages of other parties may quote the request.
            LOG.warn(
                    "A sign-in by an identity provider failed: {}",
                    silent ? "the provider does not answer" : code.isEmpty() ? failure.getClass() : code);
        }
        String to = PageOfThisSite.of(text(request.getAttribute(TARGET)))
                .or(() -> PageOfThisSite.of(request.getParameter(TARGET)))
                .map(page -> "&to=" + PageOfThisSite.encoded(page))
                .orElse("");
        response.sendRedirect(request.getContextPath() + "/?sign-in=" + told + to);
    }

    private static @Nullable String text(@Nullable Object attribute) {
        return attribute instanceof String text ? text : null;
    }

    /** The session stores the requested page together with the state of the sign-in. */
    private static final class RememberedTarget implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

        private final HttpSessionOAuth2AuthorizationRequestRepository kept =
                new HttpSessionOAuth2AuthorizationRequestRepository();

        @Override
        @SuppressWarnings("NullAway") // null says that there is none
        public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
            return kept.loadAuthorizationRequest(request);
        }

        @Override
        public void saveAuthorizationRequest(
                @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
            kept.saveAuthorizationRequest(asked, request, response);
            request.getSession()
                    .setAttribute(
                            TARGET,
                            PageOfThisSite.of(request.getParameter(TARGET)).orElse("/"));
        }

        @Override
        @SuppressWarnings("NullAway") // null says that there is none
        public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
                HttpServletRequest request, HttpServletResponse response) {
            Optional.ofNullable(request.getSession(false)).ifPresent(session -> {
                request.setAttribute(TARGET, session.getAttribute(TARGET));
                session.removeAttribute(TARGET);
            });
            return kept.removeAuthorizationRequest(request, response);
        }
    }

    /** Does not store access tokens; the refresh token goes into the new session. */
    private static final class OfThisRequest implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings({"NullAway", "unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String provider, Authentication person, HttpServletRequest request) {
            return (T) request.getAttribute(CLIENT);
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication person,
                HttpServletRequest request,
                HttpServletResponse response) {
            request.setAttribute(CLIENT, client);
        }

        @Override
        public void removeAuthorizedClient(
                String provider, Authentication person, HttpServletRequest request, HttpServletResponse response) {
            request.removeAttribute(CLIENT);
        }
    }
}
