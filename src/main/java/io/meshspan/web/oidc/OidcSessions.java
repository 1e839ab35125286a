package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPeople;
import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Keeps sign-ins up to date: asks the identity provider again every few minutes, and signs out the people whom it no
 * longer confirms.
 */
@Component
public class OidcSessions {

    private static final Logger LOG = LoggerFactory.getLogger(OidcSessions.class);

    private static final String SESSION = OidcSession.class.getName();

    /** The provider's errors that end a sign-in; other errors may be transient. */
    private static final Set<String> WITHDRAWN =
            Set.of("invalid_grant", "access_denied", "login_required", "interaction_required", "consent_required");

    private final IdentityProviders providers;
    private final ExternalPeople people;
    private final LoginProperties settings;
    private final RestClientRefreshTokenTokenResponseClient refreshes = new RestClientRefreshTokenTokenResponseClient();
    private final Clock clock = Clock.systemUTC();

    OidcSessions(IdentityProviders providers, ExternalPeople people) {
        this.providers = providers;
        this.people = people;
        this.settings = providers.settings();
        refreshes.setRestClient(providers.tokenCalls());
    }

    void begin(HttpSession session, OidcSession begun) {
        session.setAttribute(SESSION, begun);
    }

    OidcSession begun(OidcPerson person, Optional<String> refreshToken) {
        return OidcSession.begun(
                person.provider(),
                person.person(),
                person.getIdToken().getTokenValue(),
                refreshToken.orElse(null),
                clock.instant());
    }

    static Optional<OidcSession> of(HttpSession session) {
        return session.getAttribute(SESSION) instanceof OidcSession found ? Optional.of(found) : Optional.empty();
    }

    /** Empty if the sign-in has ended: it is too old, the provider ended it, or an administrator deleted the user. */
    public Optional<ExternalPerson> current(HttpSession session) {
        Optional<OidcSession> current = of(session).flatMap(found -> current(session, found));
        return current.map(OidcSession::person).filter(person -> people.isKnown(person.id()));
    }

    private Optional<OidcSession> current(HttpSession session, OidcSession found) {
        Duration every = settings.refreshEvery();
        if (found.isOver(settings.sessionFor(), clock.instant())) {
            return Optional.empty();
        }
        if (!found.isDue(every, clock.instant())) {
            return Optional.of(found);
        }
        // A page makes several requests at once, and a refresh token often works only once.
        synchronized (WebUtils.getSessionMutex(session)) {
            OidcSession latest = of(session).orElse(found);
            Instant now = clock.instant();
            if (!latest.isDue(every, now)) {
                return Optional.of(latest);
            }
            Optional<OidcSession> next = refreshed(latest, now).filter(kept -> !kept.isStale(every, now));
            next.ifPresent(kept -> session.setAttribute(SESSION, kept));
            return next;
        }
    }

    private Optional<OidcSession> refreshed(OidcSession session, Instant now) {
        try {
            return Optional.of(refresh(session, now));
        } catch (BadJwtException | IllegalArgumentException e) {
            LOG.warn("The {} ends: the new token is not valid or has no groups", session);
            return Optional.empty();
        } catch (OAuth2AuthorizationException e) {
            String code = e.getError().getErrorCode();
            if (WITHDRAWN.contains(code)) {
                LOG.info("The {} ends there, and so here: {}", session, code);
                return Optional.empty();
            }
            LOG.warn("The {} could not be confirmed: {}", session, code);
        } catch (JwtException | OAuth2AuthenticationException | IdentityProviders.Unreachable e) {
            LOG.warn("The {} could not be confirmed: {}", session, e.getClass().getSimpleName());
        }
        return Optional.of(session.silent(now));
    }

    private OidcSession refresh(OidcSession session, Instant now) {
        String name = session.provider();
        LoginProperties.Provider provider =
                providers.provider(name).orElseThrow(() -> new IllegalArgumentException("no such provider"));
        ClientRegistration registration = providers.registration(name, provider);
        String refreshToken = Objects.requireNonNull(session.refreshToken());
        OAuth2AccessTokenResponse answer = refreshes.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                registration,
                // Spring requires the previous access token, but does not send it.
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "none", now.minusSeconds(1), now),
                new OAuth2RefreshToken(refreshToken, null)));
        if (!(answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken)) {
            throw new IllegalArgumentException("no ID token came with the refresh");
        }
        OidcIdToken verified = verified(registration, idToken);
        Map<String, Object> claims = new OidcUsers(providers).claims(registration, answer.getAccessToken(), verified);
        ExternalPerson person = TokenClaims.person(provider, claims);
        if (!person.id().equals(session.person().id())) {
            throw new IllegalArgumentException("the refreshed token is for another person");
        }
        people.sawSignIn(person);
        String next = Optional.ofNullable(answer.getRefreshToken())
                .map(OAuth2RefreshToken::getTokenValue)
                .orElse(refreshToken);
        return session.confirmed(person, idToken, next, now);
    }

    private OidcIdToken verified(ClientRegistration registration, String idToken) {
        Jwt token = providers.createDecoder(registration).decode(idToken);
        return new OidcIdToken(idToken, token.getIssuedAt(), token.getExpiresAt(), token.getClaims());
    }
}
