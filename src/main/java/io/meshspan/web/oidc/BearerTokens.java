package io.meshspan.web.oidc;

import io.meshspan.engine.identity.ExternalPeople;
import io.meshspan.engine.identity.ExternalPerson;
import io.meshspan.engine.identity.LoginProperties;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.stereotype.Component;

/**
 * Access tokens of pipelines: signed by one of the identity providers with a public key, issued for this service, and
 * not expired. Tokens are not stored.
 */
@Component
public class BearerTokens {

    private final IdentityProviders providers;
    private final ExternalPeople people;
    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

    BearerTokens(IdentityProviders providers, ExternalPeople people) {
        this.providers = providers;
        this.people = people;
    }

    /** @param user creates the authentication of the person in the token */
    public JwtIssuerAuthenticationManagerResolver resolver(Function<ExternalPerson, Authentication> user) {
        return new JwtIssuerAuthenticationManagerResolver(issuer -> providers
                .nameOfIssuer(issuer)
                .map(name -> (AuthenticationManager) asked -> user.apply(person(name, asked)))
                .orElse(null));
    }

    private ExternalPerson person(String name, Authentication asked) {
        LoginProperties.Provider provider = providers.provider(name).orElseThrow();
        if (!(asked instanceof BearerTokenAuthenticationToken bearer)) {
            throw new InvalidBearerTokenException("expected a bearer token");
        }
        try {
            Jwt token = decoders.computeIfAbsent(name, added -> decoder(name, provider))
                    .decode(bearer.getToken());
            ExternalPerson person = TokenClaims.person(provider, token.getClaims());
            people.sawToken(person);
            return person;
        } catch (BadJwtException | IllegalArgumentException e) {
            // The cause may quote the token.
            throw new InvalidBearerTokenException("the token is expired, altered, or not issued for this service", e);
        } catch (JwtException e) {
            throw new IdentityProviders.Unreachable(name, provider.issuer().toString(), e);
        }
    }

    private JwtDecoder decoder(String name, LoginProperties.Provider provider) {
        ClientRegistration registration = providers.registration(name, provider);
        return providers.decoder(registration, false, validator(provider));
    }

    private static OAuth2TokenValidator<Jwt> validator(LoginProperties.Provider provider) {
        // An access token, by RFC 9068 or as most providers still make them; not one for a logout.
        JwtTypeValidator type = new JwtTypeValidator(List.of("JWT", "at+jwt", "application/at+jwt"));
        type.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(
                type,
                new JwtTimestampValidator(),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null),
                new JwtIssuerValidator(provider.issuer().toString()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> names(audience, provider.acceptedAudiences())));
    }

    private static boolean names(@Nullable Collection<String> audience, Set<String> accepted) {
        return audience != null && new HashSet<>(accepted).removeAll(audience);
    }
}
